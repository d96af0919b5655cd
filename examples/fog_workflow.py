"""fog's guide to OpenStack Workflow, section by section, line by line in Python.

The Ruby of the guide stands above its Python. It takes OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME:

    python -m fogflow.local -- python examples/fog_workflow.py
"""

from __future__ import annotations

import json
import os
import time

import fogflow

# -- Workflow Service
#
#     service = Fog::Workflow::OpenStack.new({
#       :openstack_auth_url => 'http://KEYSTONE_HOST:KEYSTONE_PORT/v2.0/tokens',
#       :openstack_username => OPEN_STACK_USER,
#       :openstack_tenant   => OPEN_STACK_TENANT,
#       :openstack_api_key  => OPEN_STACK_PASSWORD,
#       :connection_options => {}
#     })

service = fogflow.connect(
    {
        "openstack_auth_url": os.environ["OS_AUTH_URL"],
        "openstack_username": os.environ["OS_USERNAME"],
        "openstack_tenant": os.environ["OS_PROJECT_NAME"],
        "openstack_api_key": os.environ["OS_PASSWORD"],
        "connection_options": {},
    }
)

# The guide runs a workflow and an action of TripleO. Here are two of their names, for clouds that are not TripleO's.
service.create_workflow(
    {
        "version": "2.0",
        "tripleo.plan_management.v1.create_default_deployment_plan": {
            "input": ["container"],
            "output": {"container": "<% $.container %>"},
            "tasks": {"create": {"action": "std.noop"}},
        },
    }
)
service.create_action(
    {
        "version": "2.0",
        "tripleo.get_capabilities": {
            "base": "std.echo",
            "base-input": {"output": "<% $.container %>"},
            "input": ["container"],
        },
    }
)

# -- Executions
#
#     workflow = "tripleo.plan_management.v1.create_default_deployment_plan"
#     input = { :container => 'default' }
#     response = service.create_execution(workflow, input)

workflow = "tripleo.plan_management.v1.create_default_deployment_plan"
input = {"container": "default"}
response = service.create_execution(workflow, input)

#     workflow_execution_id = response.body["id"]
#     response = mistral.get_execution(workflow_execution_id)
#     state = response.body["state"]

workflow_execution_id = response.body["id"]
response = service.get_execution(workflow_execution_id)
state = response.body["state"]
print("execution:", state)

while state == "RUNNING":
    time.sleep(0.2)
    response = service.get_execution(workflow_execution_id)
    state = response.body["state"]
print("execution:", state, response.body["output"])

#     input = { :container => 'default' }
#     service.create_action_execution("tripleo.get_capabilities", input)

input = {"container": "default"}
response = service.create_action_execution("tripleo.get_capabilities", input)
print("action:", json.loads(response.body["output"])["result"])

# -- Workflows: create a workflow
#
#     workflow_def = {
#       :version => "2.0",
#       :myworkflow => {
#         :type        => "direct",
#         :description => "description1",
#         :tasks => {
#           :create_vm => {
#             :description => "create vm"
#           }
#         }
#       }
#     }
#     response = service.create_workflow(workflow_def)
#     workflow_id = response.body["workflows"][0]["id"]

workflow_def = {
    "version": "2.0",
    "myworkflow": {
        "type": "direct",
        "description": "description1",
        "tasks": {
            "create_vm": {
                "description": "create vm",
            },
        },
    },
}
response = service.create_workflow(workflow_def)
workflow_id = response.body["workflows"][0]["id"]
print("created:", response.body["workflows"][0]["name"])

# -- Validate a workflow before creating it
#
#     service.validate_workflow(workflow_def)

print("valid:", service.validate_workflow(workflow_def).body["valid"])

# -- Update a workflow
#
#     workflow_def_new = {
#       :version => "2.0",
#       :myworkflow => {
#         :type        => "direct",
#         :description => "description2",
#         :tasks => {
#           :create_vm => {
#             :description => "create vm"
#           }
#         }
#       }
#     }
#     service.update_workflow(workflow_def_new)

workflow_def_new = {
    "version": "2.0",
    "myworkflow": {
        "type": "direct",
        "description": "description2",
        "tasks": {
            "create_vm": {
                "description": "create vm",
            },
        },
    },
}
response = service.update_workflow(workflow_def_new)
print("updated:", "description2" in response.body["workflows"][0]["definition"])

# -- List workflow
#
#     service.list_workflows

response = service.list_workflows()
print("listed:", sorted(workflow["name"] for workflow in response.body["workflows"]))

# -- Delete workflow
#
#     service.delete_workflow(workflow_id)

print("deleted:", service.delete_workflow(workflow_id).status)

# -- Other Mistral resources: the same four verbs for each of them

for list_them in (
    service.list_workbooks,
    service.list_actions,
    service.list_executions,
    service.list_tasks,
    service.list_action_executions,
    service.list_cron_triggers,
    service.list_environments,
):
    for name, rows in list_them().body.items():
        print(f"{name}: {len(rows)}")
print("validations:", service.validate_workbook({"version": "2.0"}).body["valid"])

# What the guide leaves behind, this does not.
service.delete_execution(workflow_execution_id)
service.delete_workflow("tripleo.plan_management.v1.create_default_deployment_plan")
service.delete_action("tripleo.get_capabilities")
