"""The graphs of workflows and of executions: what of Mistral's language is a node, an edge, a mark, a colour.

How a graph is drawn is not known here, nor how an execution is asked for.
"""

from fogflow.graphs.executions import execution_graph
from fogflow.graphs.workflows import workflow_graph

__all__ = ["execution_graph", "workflow_graph"]
