"""Who arranges the settings that hold for everybody?"""

from django.contrib.auth.decorators import permission_required

may_manage = permission_required("accounts.manage_users", raise_exception=True)
