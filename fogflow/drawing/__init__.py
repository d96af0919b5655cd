"""Graphs as pictures: as text of Mermaid and of DOT, and as SVG. What a node stands for is not known here."""

from fogflow.drawing.graph import Edge, Graph, Look, Node, Shape, Stroke

__all__ = ["Edge", "Graph", "Look", "Node", "Shape", "Stroke"]
