"""An Assessment -> chart specs -> SVG for paper, plotly for the screen."""
