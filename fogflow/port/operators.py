"""Ruby's operators, conditions and look-ups, as Python's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fogflow.port import code, names, strings
from fogflow.port.code import Code, Kind
from fogflow.port.grammar import arguments, field, members, text
from fogflow.port.porter import Porter, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

_ARITHMETIC = {
    "|": code.BIT,
    "^": code.BIT,
    "&": code.BIT,
    "<<": code.SHIFT,
    ">>": code.SHIFT,
    "+": code.SUM,
    "-": code.SUM,
    "*": code.PRODUCT,
    "/": code.PRODUCT,
    "%": code.PRODUCT,
}

_COMPARISONS = {"==": "!=", "!=": "==", "<": None, ">": None, "<=": None, ">=": None}


def from_binary(porter: Porter, node: Node) -> Code:
    """`left operator right`."""
    operator = text(field(node, "operator"))
    left, right = field(node, "left"), field(node, "right")
    if operator in ("&&", "and", "||", "or"):
        return _logical(porter, left, "and" if operator in ("&&", "and") else "or", right)
    if operator in ("=~", "!~"):
        return _match(porter, left, right, found=operator == "=~")
    if operator in _COMPARISONS:
        return _comparison(porter, left, operator, right)
    if operator == "**":
        base, exponent = porter.expression(left), porter.expression(right)
        return Code(f"{base.at_least(code.POWER + 1)} ** {exponent.at_least(code.SIGN)}", code.POWER)
    if operator not in _ARITHMETIC:
        raise Unknown(node, f"no Python for the operator {operator}")
    return _arithmetic(porter, left, operator, right)


def _logical(porter: Porter, left: Node, word: str, right: Node) -> Code:
    binds = code.AND if word == "and" else code.OR
    first, second = porter.expression(left).maybe_absent(), porter.expression(right)
    # The last of them is the value where the first decides nothing.
    return Code(f"{first.at_least(binds)} {word} {second.at_least(binds + 1)}", binds)


def _match(porter: Porter, left: Node, right: Node, *, found: bool) -> Code:
    if right.type != "regex":
        left, right = right, left
    searched = search(porter, right, porter.expression(left))
    return searched if found else searched.negated()


def search(porter: Porter, wanted: Node, text_of: Code) -> Code:
    """A search for a regular expression in a text."""
    pattern, _, flags = strings.pattern(porter, wanted).partition(", re.")
    extra = (f"re.{flags}",) if flags else ()
    return code.call(f"{porter.module('re')}.search", pattern, text_of.text, *extra)


def _comparison(porter: Porter, left: Node, operator: str, right: Node) -> Code:
    if {text(left), text(right)} & {"__FILE__"} and {text(left), text(right)} & {"$0", "$PROGRAM_NAME"}:
        return Code('__name__ == "__main__"', code.COMPARE)
    first, second = porter.expression(left), porter.expression(right)
    if right.type in ("nil", "true", "false") and operator in ("==", "!="):
        operator = "is" if operator == "==" else "is not"
        first = first.maybe_absent()
    opposite = {"is": "is not", "is not": "is"}.get(operator, _COMPARISONS.get(operator))
    sides = first.at_least(code.BIT), second.at_least(code.BIT)
    return Code(
        f"{sides[0]} {operator} {sides[1]}",
        code.COMPARE,
        opposite=f"{sides[0]} {opposite} {sides[1]}" if opposite else None,
    )


def _arithmetic(porter: Porter, left: Node, operator: str, right: Node) -> Code:
    binds = _ARITHMETIC[operator]
    first, second = porter.expression(left), porter.expression(right)
    if operator == "/" and {left.type, right.type} == {"integer"}:
        operator = "//"
    if operator == "<<":
        if first.kind is Kind.STRING:
            raise Unknown(left, "a string that is added to in place")
        return Code(f"{first.as_receiver}.append({second.text})", kind=Kind.ARRAY)
    if operator == "%" and right.type == "array":
        values = [porter.expression(one).text for one in members(right)]
        return Code(f"{first.at_least(binds)} % ({', '.join(values)}{',' if len(values) == 1 else ''})", binds)
    return Code(f"{first.at_least(binds)} {operator} {second.at_least(binds + 1)}", binds, first.kind)


def from_unary(porter: Porter, node: Node) -> Code:
    """`!x`, `not x`, `-x`, `defined?(x)`."""
    operator = text(field(node, "operator"))
    operand = porter.expression(field(node, "operand"))
    if operator in ("!", "not"):
        return operand.negated()
    if operator in ("-", "+", "~"):
        return Code(f"{operator}{operand.at_least(code.SIGN)}", code.SIGN)
    raise Unknown(node, f"no Python for {operator}")


def from_conditional(porter: Porter, node: Node) -> Code:
    """`a ? b : c`, and `if a then b else c end` where a value is wanted."""
    condition = porter.expression(field(node, "condition")).maybe_absent()
    if node.type == "unless":
        condition = condition.negated()
    yes = node.child_by_field_name("consequence")
    no = node.child_by_field_name("alternative")
    chosen = _only(porter, yes, node)
    otherwise = Code("None") if no is None else _only(porter, no, node)
    text_of = f"{chosen.at_least(code.OR)} if {condition.at_least(code.OR)} else {otherwise.at_least(code.CONDITIONAL)}"
    return Code(text_of, code.CONDITIONAL)


def _only(porter: Porter, node: Node | None, whole: Node) -> Code:
    """The one expression of a branch."""
    if node is not None and node.type in ("then", "else"):
        held = members(node)
        if len(held) != 1:
            raise Unknown(whole, "several statements where a value is wanted")
        (node,) = held
    elif node is not None and node.type == "elsif":
        return from_conditional(porter, node)
    if node is None:
        return Code("None")
    return porter.expression(node)


def from_parentheses(porter: Porter, node: Node) -> Code:
    """`(…)`: what is in it, for Python's own parentheses are put where they are needed."""
    held = members(node)
    if len(held) != 1:
        raise Unknown(node, "several statements in parentheses")
    return porter.expression(held[0])


def from_assignment(porter: Porter, node: Node) -> Code:
    """An assignment whose value is used."""
    left = field(node, "left")
    if left.type != "identifier":
        raise Unknown(node, "an assignment within an expression")
    value = porter.expression(field(node, "right"))
    porter.scope.kinds[text(left)] = value.kind
    return Code(f"({names.variable(text(left))} := {value.text})")


def from_lookup(porter: Porter, node: Node) -> Code:
    """`x[key]`."""
    holder, *keys = members(node)
    if text(holder) == "ENV" and keys:
        return code.call(f"{porter.module('os')}.environ.get", porter.expression(keys[0]).text)
    if text(holder) == "ARGV" and keys and keys[0].type == "integer":
        return Code(f"{porter.module('sys')}.argv[{int(text(keys[0])) + 1}]")
    held = porter.expression(holder)
    if len(keys) == 2:
        start, count = (porter.expression(key).at_least(code.SUM) for key in keys)
        end = str(int(start) + int(count)) if start.isdigit() and count.isdigit() else f"{start} + {count}"
        return Code(f"{held.as_receiver}[{'' if start == '0' else start}:{end}]", kind=held.kind)
    if len(keys) != 1:
        raise Unknown(node, "a look-up with so many keys")
    (key,) = keys
    if key.type == "range":
        return Code(f"{held.as_receiver}[{_slice(porter, key)}]", kind=held.kind)
    said = strings.literal(key)
    if held.kind is Kind.LIST_BODY and said not in names.COLLECTIONS | {"next"}:
        porter.remark(node, "the body of a list has no such key: nil in Ruby, a KeyError in Python")
    wanted = porter.expression(key)
    kind = Kind.ARRAY if held.kind is Kind.LIST_BODY else Kind.MODEL if held.kind is Kind.COLLECTION else None
    if_absent = f"{held.as_receiver}.get({wanted.text})" if said is not None else None
    return Code(f"{held.as_receiver}[{wanted.text}]", kind=kind, if_absent=if_absent)


def _slice(porter: Porter, node: Node) -> str:
    first, last = node.child_by_field_name("begin"), node.child_by_field_name("end")
    start = "" if first is None else porter.expression(first).text
    end = "" if last is None or text(last) == "-1" else _after(porter, node, last)
    return f"{'' if start == '0' else start}:{end}"


def from_range(porter: Porter, node: Node) -> Code:
    """`a..b` of whole numbers."""
    first, last = node.child_by_field_name("begin"), node.child_by_field_name("end")
    if first is None or last is None:
        raise Unknown(node, "a range without an end")
    start = porter.expression(first).text
    end = _after(porter, node, last)
    return code.call("range", *([end] if start == "0" else [start, end]))


def _after(porter: Porter, node: Node, last: Node) -> str:
    """Where a range ends in Python, which never takes the end itself."""
    if text(field(node, "operator")) == "...":
        return porter.expression(last).text
    return after(porter.expression(last))


def after(number: Code) -> str:
    """The number after a whole number."""
    return str(int(number.text) + 1) if number.text.lstrip("-").isdigit() else f"{number.at_least(code.SUM)} + 1"


def from_yield(porter: Porter, node: Node) -> Code:
    """`yield x`: a call of the function that stands for the block."""
    return code.call("block", *(porter.expression(one).text for one in arguments(node)))
