"""A real Mistral, behind a real Keystone, on this machine: for trying things out, and for tests::

    import fogflow.local

    with fogflow.local.cloud() as cloud:
        service = cloud.connect()

It takes the packages of ``pip install 'fogflow[local]'``. From a shell, ``python -m fogflow.local`` runs a
cloud until it is interrupted, and ``python -m fogflow.local -- COMMAND`` runs a command against one.
"""

from fogflow.local.cloud import Cloud, cloud

__all__ = ["Cloud", "cloud"]
