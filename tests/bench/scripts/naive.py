"""N: the dashboard that a first afternoon gives: whole tables in pandas, Altair charts, a data frame."""

import os

import altair as alt
import pandas as pd
import psycopg
import streamlit as st

st.set_page_config(layout="wide")


def table(sql: str) -> pd.DataFrame:
    """A whole table."""
    with psycopg.connect(os.environ["BENCH_DATABASE"]) as connection:
        cursor = connection.execute(sql.encode())
        names = [column.name for column in cursor.description or ()]
        return pd.DataFrame(cursor.fetchall(), columns=names)


people = table(
    "select b.id, b.code, b.state::text as state, b.wave::text as wave, b.referred_on, b.state_since, b.site_id "
    "from pilot.beneficiary b"
)
sites = table("select id as site_id, name as site, region_code as region from pilot.site")
people = people.merge(sites, on="site_id")
people["month"] = pd.to_datetime(people["referred_on"]).dt.to_period("M").dt.to_timestamp()

st.title("Recrutement")
wave = st.selectbox("Vague", ["Toutes", *sorted(people["wave"].unique())])
if wave != "Toutes":
    people = people[people["wave"] == wave]

columns = st.columns(4)
for column, state in zip(columns, ["consented", "informed", "eligible", "declined"], strict=True):
    column.metric(state, int((people["state"] == state).sum()))

by_month = people.groupby("month").size().reset_index(name="n")
by_month["total"] = by_month["n"].cumsum()
by_site = people.groupby(["site", "state"]).size().reset_index(name="n")
by_state = people.groupby("state").size().reset_index(name="n")
left, right = st.columns(2)
left.altair_chart(alt.Chart(by_month).mark_line().encode(x="month:T", y="total:Q"))
right.altair_chart(alt.Chart(by_site).mark_bar().encode(x="n:Q", y="site:N", color="state:N"))
left.altair_chart(alt.Chart(by_state).mark_bar().encode(x="n:Q", y="state:N"))
right.altair_chart(alt.Chart(by_month).mark_bar().encode(x="month:T", y="n:Q"))
st.dataframe(by_site.pivot_table(index="site", columns="state", values="n", fill_value=0).reset_index())
