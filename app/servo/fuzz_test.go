package servo

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// Whatever comes in, the servo ends at the end of its input, without panic and with every case that began finished.
func FuzzServe(f *testing.F) {
	for _, lines := range []string{
		"", "{", "null\n", `{"id":1,"do":"ping"}`, `{"id":1,"do":"act","action":{}}`, `{"id":1,"do":"finish"}`,
		"{\"id\":1,\"do\":\"begin\",\"setup\":{\"case\":\"plain\"}}\n{\"id\":2,\"do\":\"act\",\"action\":{\"kind\":\"flush\"}}\n",
		"{\"id\":1,\"do\":\"begin\",\"setup\":{}}\n{\"id\":1,\"do\":\"begin\",\"setup\":{}}\n{\"id\":1,\"do\":\"halt\"}\n",
		"{\"id\":1,\"do\":\"begin\",\"setup\":{\"case\":\"odd\"}}\n{\"id\":1,\"do\":\"finish\",\"reason\":\"\\u0000\"}\n",
	} {
		f.Add([]byte(lines))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if bytes.Contains(in, []byte("slow")) || bytes.Contains(in, []byte("die")) || bytes.Contains(in, []byte("\\u")) {
			t.Skip("manners of the fake that are meant for other tests")
		}
		var log bytes.Buffer
		m := new(shared)
		m.format(1)
		if err := serve(t.Context(), bytes.NewReader(in), io.Discard, m, &fake{log: &teller{w: &log}}); err != nil {
			if len(in) < maxLine {
				t.Fatal(err)
			}
		}
		began, finished := strings.Count(log.String(), "begin"), strings.Count(log.String(), "finish")
		if began != finished {
			t.Fatalf("%d cases began, %d finished", began, finished)
		}
	})
}
