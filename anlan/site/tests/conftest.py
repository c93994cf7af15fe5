"""The standing city of the product's tests, for the tests of the site."""

from tests.conftest import w  # noqa: F401  a fixture
