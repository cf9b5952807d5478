"""Everything that draws with Streamlit, shared by the pages."""
