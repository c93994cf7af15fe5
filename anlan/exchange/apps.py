from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "anlan.exchange"

    def ready(self) -> None:
        from anlan.exchange import export_jobs, firm_file

        export_jobs.PAPERS[firm_file.CODE] = firm_file.write
