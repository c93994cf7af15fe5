from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "anlan.exchange"
