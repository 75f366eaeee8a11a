"""Starts the dashboard: ``python app.py``. Under ``streamlit run`` it says so and opens nothing: that would be open to others."""

import runpy
import sys

from streamlit import runtime

from eia.dashboard.launch import MAIN, launch

if runtime.exists():
    runpy.run_path(str(MAIN), run_name="__main__")
elif __name__ == "__main__":
    sys.exit(launch())
