from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('plan', '0003_work_side')]

    operations = [
        migrations.RemoveConstraint(model_name='plan', name='one_plan_a_number'),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(
                condition=models.Q(('number', '…/KH-UBND'), _negated=True),
                fields=('issuer', 'number', 'issued_on'),
                name='one_plan_a_number',
            ),
        ),
    ]
