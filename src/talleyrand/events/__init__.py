"""Coded events: the codes and scores of CAMEO, actors as states, and layouts as published."""
