"""Run the programs of the pages, record what they print and draw, compare, and show.

The way of the data, and where each step lives:

    snippets/<page>/<example>.py    programs.py   a program, its record, its figures
                                    files.py      nothing misread, lost or half written
    run alone, as if freshly typed  run.py        one runner for checking and recording
                                    child.py      what happens inside the process that runs it
                                    figures.py    what `plt.show()` does there
    compared with the record        compare.py    words exactly, decimals to the digit shown
    named by a page                 pages.py      what a page holds, with line numbers
    shown on the site               blocks.py     program blocks     } Markdown
                                    tex.py        formulas           } extensions
                                    labs.py       notebooks
                                    site.py       build, serve, finish
    kept true                       plugin.py     pytest
                                    lint.py       everything that needs no run
"""
