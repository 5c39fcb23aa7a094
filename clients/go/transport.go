package sluice

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// JSON is a JSON object.
type JSON = map[string]any

const (
	longestAnswer = 60 * time.Second // more than a poll is held
	firstPause    = 500 * time.Millisecond
	longestPause  = 30 * time.Second
)

// Error is an answer of Sluice that is an error. docs/protocol.md lists the codes.
type Error struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field"` // the member or parameter at fault, if the error names one
}

func (e *Error) Error() string {
	return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message)
}

// noAnswer means that there was no whole answer. The call may have been carried out.
type noAnswer struct{ cause error }

func (e *noAnswer) Error() string { return "no answer: " + e.cause.Error() }

func (e *noAnswer) Unwrap() error { return e.cause }

type answer struct {
	status     int
	raw        []byte
	retryAfter time.Duration
}

func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// later reports whether the same call may succeed later.
func (a *answer) later() bool {
	return a.status == 408 || a.status == 429 || a.status >= 500
}

func (a *answer) problem() *Error {
	problem := &Error{Message: string(a.raw)}
	_ = json.Unmarshal(a.raw, problem) // else the message is the text
	problem.Status = a.status
	return problem
}

// into decodes the answer.
func (a *answer) into(value any) error {
	if err := json.Unmarshal(a.raw, value); err != nil {
		return &noAnswer{err}
	}
	return nil
}

// transport makes single calls.
type transport struct {
	url  string
	http *http.Client
}

func newTransport(url string) *transport {
	own := http.DefaultTransport.(*http.Transport).Clone()
	own.MaxIdleConnsPerHost = 16
	client := &http.Client{Timeout: longestAnswer, Transport: own}
	return &transport{strings.TrimRight(url, "/"), client}
}

// call fails with a noAnswer if there was no whole answer.
func (t *transport) call(
	ctx context.Context, method, path, bearer string, body any, headers map[string]string,
) (*answer, error) {
	var content io.Reader
	if method == "POST" {
		written, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(written)
	}
	request, err := http.NewRequestWithContext(ctx, method, t.url+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+bearer)
	request.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := t.http.Do(request)
	if err != nil {
		return nil, &noAnswer{err}
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, &noAnswer{err}
	}
	seconds, _ := strconv.ParseUint(response.Header.Get("Retry-After"), 10, 20)
	found := &answer{response.StatusCode, raw, time.Duration(seconds) * time.Second}
	if found.ok() && !json.Valid(raw) {
		return nil, &noAnswer{fmt.Errorf("the answer of %s isn't JSON", path)}
	}
	return found, nil
}

// pause returns half a second, doubled with each failure up to 30 s, and at random down to half of
// it. It is never shorter than what the server asks for.
func pause(failures int, retryAfter time.Duration) time.Duration {
	most := longestPause
	if failures < 6 {
		most = firstPause << failures
	}
	return retryAfter + most/2 + time.Duration(rand.Int63n(int64(most/2)))
}

// sleep fails if the context is over first.
func sleep(ctx context.Context, time_ time.Duration) error {
	timer := time.NewTimer(time_)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// segment makes an id fit for a path.
func segment(id string) string { return url.PathEscape(id) }
