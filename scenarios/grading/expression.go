package grading

import (
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
)

// expression is a condition over facts.
//
// It is read and type-checked by the expr library, and evaluated here with three values: a comparison with an unknown
// fact is unknown, `and`, `or` and `not` follow Kleene's tables, and what is unknown at the top is not fulfilled. The
// library's own evaluation would fail on an unknown fact, and `not hand_behind` must not become true because nobody knows.
type expression struct {
	node ast.Node
}

// maxNodes bounds an expression; a rubric line needs about ten.
const maxNodes = 120

// environment tells the library the types of all facts.
var environment = func() map[string]any {
	env := make(map[string]any, len(FactNames))
	for _, f := range FactNames {
		switch f.Kind {
		case Number:
			env[f.Name] = 0.0
		case Bool:
			env[f.Name] = false
		case Text:
			env[f.Name] = ""
		}
	}
	return env
}()

func knownFunction(args ...any) (any, error) { return len(args) == 1 && args[0] != nil, nil }

// compile reads an expression; the error says what is wrong with it in one line.
func compile(text string) (*expression, error) {
	program, err := expr.Compile(text, expr.Env(environment), expr.AsBool(), expr.Optimize(false), expr.MaxNodes(maxNodes),
		expr.DisableAllBuiltins(), expr.EnableBuiltin("abs"), expr.EnableBuiltin("min"), expr.EnableBuiltin("max"),
		expr.Function("known", knownFunction, new(func(any) bool)))
	if err != nil {
		return nil, fmt.Errorf("%s", firstLine(err.Error()))
	}
	e := &expression{node: program.Node()}
	if err := admit(e.node); err != nil {
		return nil, err
	}
	return e, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

const grammar = "use facts, numbers, quoted words, comparisons, in [...], and, or, not, + - * /, abs, min, max and known(fact)"

// admit refuses every construct the evaluation below does not know.
func admit(n ast.Node) error {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		if _, ok := factByName[x.Value]; !ok {
			return fmt.Errorf("unknown fact %s", x.Value)
		}
		return nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode:
		return nil
	case *ast.UnaryNode:
		return admit(x.Node)
	case *ast.BinaryNode:
		if !operators[x.Operator] {
			return fmt.Errorf("%q is not used in rubrics; %s", x.Operator, grammar)
		}
		return admitAll(x.Left, x.Right)
	case *ast.ConditionalNode:
		return admitAll(x.Cond, x.Exp1, x.Exp2)
	case *ast.ArrayNode:
		return admitAll(x.Nodes...)
	case *ast.BuiltinNode:
		if !functions[x.Name] {
			return fmt.Errorf("%q is not used in rubrics; %s", x.Name, grammar)
		}
		return admitAll(x.Arguments...)
	case *ast.CallNode:
		return admitAll(x.Arguments...)
	}
	return fmt.Errorf("this construct is not used in rubrics; %s", grammar)
}

func admitAll(nodes ...ast.Node) error {
	for _, n := range nodes {
		if err := admit(n); err != nil {
			return err
		}
	}
	return nil
}

var operators = map[string]bool{
	"and": true, "&&": true, "or": true, "||": true, "==": true, "!=": true, "<": true, "<=": true, ">": true, ">=": true,
	"+": true, "-": true, "*": true, "/": true, "in": true, "??": true,
}

var functions = map[string]bool{"abs": true, "min": true, "max": true}

// holds reports whether the condition is surely fulfilled.
func (e *expression) holds(f Facts) bool { return eval(e.node, f) == true }

// eval returns a float64, bool, string, []any, or nil for unknown.
func eval(n ast.Node, f Facts) any {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		return f.value(x.Value)
	case *ast.IntegerNode:
		return float64(x.Value)
	case *ast.FloatNode:
		return x.Value
	case *ast.BoolNode:
		return x.Value
	case *ast.StringNode:
		return x.Value
	case *ast.UnaryNode:
		return unary(x.Operator, eval(x.Node, f))
	case *ast.BinaryNode:
		return binary(x, f)
	case *ast.ConditionalNode:
		return conditional(x, f)
	case *ast.ArrayNode:
		return evalAll(x.Nodes, f)
	case *ast.BuiltinNode:
		return builtin(x.Name, evalAll(x.Arguments, f))
	case *ast.CallNode:
		args := evalAll(x.Arguments, f)
		return len(args) == 1 && args[0] != nil
	}
	return nil
}

func evalAll(nodes []ast.Node, f Facts) []any {
	out := make([]any, len(nodes))
	for i, n := range nodes {
		out[i] = eval(n, f)
	}
	return out
}

func unary(op string, v any) any {
	switch x := v.(type) {
	case bool:
		if op == "not" || op == "!" {
			return !x
		}
	case float64:
		if op == "-" {
			return -x
		}
		return x
	}
	return nil
}

func conditional(x *ast.ConditionalNode, f Facts) any {
	switch eval(x.Cond, f) {
	case true:
		return eval(x.Exp1, f)
	case false:
		return eval(x.Exp2, f)
	}
	return nil
}

func binary(x *ast.BinaryNode, f Facts) any {
	a := eval(x.Left, f)
	b := eval(x.Right, f)
	switch x.Operator {
	case "and", "&&":
		return both(a, b, false)
	case "or", "||":
		return both(a, b, true)
	case "??":
		if a == nil {
			return b
		}
		return a
	}
	if a == nil || b == nil {
		return nil
	}
	switch x.Operator {
	case "==":
		return a == b
	case "!=":
		return a != b
	case "in":
		return within(a, b)
	}
	return arithmetic(x.Operator, a, b)
}

// both is Kleene's and (decisive false) and or (decisive true).
func both(a, b any, decisive bool) any {
	if a == decisive || b == decisive {
		return decisive
	}
	if a == nil || b == nil {
		return nil
	}
	return !decisive
}

func within(a, b any) any {
	list, ok := b.([]any)
	if !ok {
		return nil
	}
	for _, v := range list {
		if v == a {
			return true
		}
	}
	return false
}

func arithmetic(op string, a, b any) any {
	if s, ok := a.(string); ok {
		return textOrder(op, s, b)
	}
	x, okX := a.(float64)
	y, okY := b.(float64)
	if !okX || !okY {
		return nil
	}
	switch op {
	case "<":
		return x < y
	case "<=":
		return x <= y
	case ">":
		return x > y
	case ">=":
		return x >= y
	case "+":
		return finite(x + y)
	case "-":
		return finite(x - y)
	case "*":
		return finite(x * y)
	case "/":
		return finite(x / y)
	}
	return nil
}

// textOrder compares words, which nobody needs but the library's types allow.
func textOrder(op, a string, b any) any {
	c, ok := b.(string)
	if !ok {
		return nil
	}
	switch op {
	case "<":
		return a < c
	case "<=":
		return a <= c
	case ">":
		return a > c
	case ">=":
		return a >= c
	case "+":
		return a + c
	}
	return nil
}

func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

func builtin(name string, args []any) any {
	numbers := make([]float64, len(args))
	for i, a := range args {
		x, ok := a.(float64)
		if !ok {
			return nil
		}
		numbers[i] = x
	}
	if len(numbers) == 0 {
		return nil
	}
	out := numbers[0]
	for _, x := range numbers[1:] {
		if (name == "min" && x < out) || (name == "max" && x > out) {
			out = x
		}
	}
	if name == "abs" {
		return math.Abs(out)
	}
	return out
}
