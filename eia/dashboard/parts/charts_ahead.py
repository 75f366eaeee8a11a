"""Takes nothing; has the browser load what draws charts, five megabytes, while the visitor still reads a page without one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_OURS = Path(st.__file__).parent / "static" / "static" / "js"
_LOAD = """
export default function ({ data }) {
  const page = document.querySelector('script[type="module"][src]');
  if (page && data) import(new URL(data, page.src)).catch(() => {});
}
"""
_loaded = st.components.v2.component("eia_charts_ahead", js=_LOAD)


def charts_ahead() -> None:
    """Load it, beside the page's own script. Where streamlit calls it otherwise, it comes with the first chart."""
    if script := next(_OURS.glob("PlotlyChart.*.js"), None):
        _loaded(key="charts_ahead", data=script.name)
