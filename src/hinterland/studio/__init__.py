"""The studio: a page on the user's own machine where a lever moves and the country answers.

`app.py` routes and limits, `api.py` what is asked and answered, `views.py` what each view shows, `levers.py` what can
be moved, `link.py` the permalink, `page/` what runs in the browser. It keeps no state: that stands in the URL.
"""
