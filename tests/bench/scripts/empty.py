"""E: the least that Streamlit can show and change. What this costs is Streamlit's own."""

import streamlit as st

st.title("Page vide")
choice = st.selectbox("Vague", ["Toutes", "main", "continuation"])
st.write(f"Choix : {choice}")
