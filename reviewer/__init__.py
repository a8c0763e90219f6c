"""Reviews the code on somebody's GitHub against what a backend job asks for."""

__version__ = "0.1.0"
