"""The facts of one made-up firm, as its TOML file says them; tests add what they ask about."""

FACTS = """
resident = true
staff = 100
tech_staff = 8
sales = { value = 0.1, unit = "100m CNY", evidence = "annual accounts", date = 2024-03-31 }
assets = 800
rd = 30
total_cost = 900
class1_ip = 0
class2_ip = 2
prohibited_products = false
serious_violation = false
on_abnormal_list = false
hnte_certificate = false
"""
