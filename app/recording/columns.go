package recording

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// The columns every recording has besides those of a Row.
const (
	tickColumn     = "tick"
	markKindColumn = "mark_kind"
	markJSONColumn = "mark_json"
)

// column is one field of a Row in the file: its name with the unit, its type, and how it goes in and out.
type column struct {
	name string
	typ  arrow.DataType
	put  func(array.Builder, *Row)
	sum  func([]byte, *Row) []byte // appends what the check covers
	take func(arrow.Array, int, *Row)
}

// columns are the fields of a Row in file order, after the tick and before the mark columns.
var columns = []column{
	f64("time_s", func(r *Row) *float64 { return &r.Time }),
	f64("position_m", func(r *Row) *float64 { return &r.Position }),
	f64("velocity_m_s", func(r *Row) *float64 { return &r.Velocity }),
	f64("twist_rad", func(r *Row) *float64 { return &r.Twist }),
	f64("tilt_x_rad", func(r *Row) *float64 { return &r.TiltX }),
	f64("tilt_y_rad", func(r *Row) *float64 { return &r.TiltY }),
	f64("u_m", func(r *Row) *float64 { return &r.U }),
	f64("v_m", func(r *Row) *float64 { return &r.V }),
	f64("trigger", func(r *Row) *float64 { return &r.Trigger }),
	f64("load_n", func(r *Row) *float64 { return &r.Load }),
	f64("syringe_pa", func(r *Row) *float64 { return &r.Syringe }),
	u8("switches", func(r *Row) *uint8 { return &r.Switches }),
	boolean("stylet", func(r *Row) *bool { return &r.Stylet }),
	f64("force_n", func(r *Row) *float64 { return &r.Force }),
	f64("stiffness_n_m", func(r *Row) *float64 { return &r.Stiffness }),
	f64("damping_ns_m", func(r *Row) *float64 { return &r.Damping }),
	f64("anchor_m", func(r *Row) *float64 { return &r.Anchor }),
	f64("rendered_n", func(r *Row) *float64 { return &r.Rendered }),
	f64("torque_nm", func(r *Row) *float64 { return &r.Torque }),
	f64("vibration_n", func(r *Row) *float64 { return &r.Vibration }),
	f64("tip_m", func(r *Row) *float64 { return &r.Tip }),
	f64("tip_u_m", func(r *Row) *float64 { return &r.TipU }),
	f64("tip_v_m", func(r *Row) *float64 { return &r.TipV }),
	u8("zone", func(r *Row) *uint8 { return &r.Zone }),
	u32("events", func(r *Row) *uint32 { return &r.Events }),
	u16("causes", func(r *Row) *uint16 { return &r.Causes }),
	f64("late_us", func(r *Row) *float64 { return &r.LateUS }),
	f64("rev_per_s", func(r *Row) *float64 { return &r.Rev }),
	f64("mark_above_skin_mm", func(r *Row) *float64 { return &r.MarkMM }),
}

var little = binary.LittleEndian

func f64(name string, at func(*Row) *float64) column {
	return column{
		name, arrow.PrimitiveTypes.Float64,
		func(b array.Builder, r *Row) { b.(*array.Float64Builder).Append(*at(r)) },
		func(dst []byte, r *Row) []byte { return little.AppendUint64(append(dst, 1), math.Float64bits(*at(r))) },
		func(a arrow.Array, i int, r *Row) { *at(r) = a.(*array.Float64).Value(i) },
	}
}

func u8(name string, at func(*Row) *uint8) column {
	return column{
		name, arrow.PrimitiveTypes.Uint8,
		func(b array.Builder, r *Row) { b.(*array.Uint8Builder).Append(*at(r)) },
		func(dst []byte, r *Row) []byte { return append(dst, 1, *at(r)) },
		func(a arrow.Array, i int, r *Row) { *at(r) = a.(*array.Uint8).Value(i) },
	}
}

func u16(name string, at func(*Row) *uint16) column {
	return column{
		name, arrow.PrimitiveTypes.Uint16,
		func(b array.Builder, r *Row) { b.(*array.Uint16Builder).Append(*at(r)) },
		func(dst []byte, r *Row) []byte { return little.AppendUint16(append(dst, 1), *at(r)) },
		func(a arrow.Array, i int, r *Row) { *at(r) = a.(*array.Uint16).Value(i) },
	}
}

func u32(name string, at func(*Row) *uint32) column {
	return column{
		name, arrow.PrimitiveTypes.Uint32,
		func(b array.Builder, r *Row) { b.(*array.Uint32Builder).Append(*at(r)) },
		func(dst []byte, r *Row) []byte { return little.AppendUint32(append(dst, 1), *at(r)) },
		func(a arrow.Array, i int, r *Row) { *at(r) = a.(*array.Uint32).Value(i) },
	}
}

func boolean(name string, at func(*Row) *bool) column {
	return column{
		name, arrow.FixedWidthTypes.Boolean,
		func(b array.Builder, r *Row) { b.(*array.BooleanBuilder).Append(*at(r)) },
		func(dst []byte, r *Row) []byte { return append(dst, 1, bit(*at(r))) },
		func(a arrow.Array, i int, r *Row) { *at(r) = a.(*array.Boolean).Value(i) },
	}
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// newSchema is the table of a recording, with its header in the metadata.
func newSchema(header []byte) *arrow.Schema {
	fields := []arrow.Field{{Name: tickColumn, Type: arrow.PrimitiveTypes.Int64}}
	for _, c := range columns {
		fields = append(fields, arrow.Field{Name: c.name, Type: c.typ, Nullable: true})
	}
	fields = append(fields,
		arrow.Field{Name: markKindColumn, Type: arrow.BinaryTypes.String, Nullable: true},
		arrow.Field{Name: markJSONColumn, Type: arrow.BinaryTypes.String, Nullable: true})
	meta := arrow.NewMetadata(
		[]string{keyFormat, keyVersion, keyHeader, keyHeaderCheck},
		[]string{formatName, formatVersionText, string(header), headerCheck(header, fields)})
	return arrow.NewSchema(fields, &meta)
}
