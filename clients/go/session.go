package sluice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Message is a message to a session: a directive, hook-result or nudge.
type Message struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Payload  string `json:"payload"`
	Lane     string `json:"lane"`
	UserName string `json:"userName"`
}

// Outcome is how a session ended, as a handler tells it.
type Outcome struct {
	report JSON
}

// Completed is the outcome of a session that did its work.
func Completed(summary string) Outcome {
	return Outcome{JSON{"status": "completed", "summary": summary}}
}

// Failed is the outcome of a session that didn't.
func Failed(message string) Outcome {
	return Outcome{JSON{"status": "failed", "error": message}}
}

// With adds a member of the report, such as "totalCostUsd".
func (o Outcome) With(member string, value any) Outcome {
	o.report[member] = value
	return o
}

// Session is a session that this worker runs.
type Session struct {
	ID      string
	Item    json.RawMessage // the item as it was enqueued, with its defaults
	Adopted bool            // an earlier process of this worker began the session

	worker   *Worker
	claim    atomic.Int64
	messages chan Message
	mutex    sync.Mutex
	seen     map[string]bool
	stopped  atomic.Bool
	lost     atomic.Bool
	ctx      context.Context
	cancel   context.CancelFunc
	done     chan struct{}
}

const mostMessages = 1000 // of a session that aren't acknowledged

func newSession(worker *Worker, id string, item json.RawMessage, adopted bool, claim int64) *Session {
	s := &Session{
		ID: id, Item: item, Adopted: adopted, worker: worker, seen: map[string]bool{},
		messages: make(chan Message, mostMessages), done: make(chan struct{}),
	}
	s.claim.Store(claim)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// Draining reports whether the worker drains: it waits some time for the end of the session.
func (s *Session) Draining() bool { return s.worker.draining() }

// Progress tells people what the agent is doing.
func (s *Session) Progress(message string) error {
	_, err := s.tell("progress", JSON{"message": message})
	return err
}

// Activity stores what the agent thinks, does or says; kind is thought, action, response, error or
// context.
func (s *Session) Activity(kind, content string) error {
	_, err := s.tell("activity", JSON{"activity": JSON{"type": kind, "content": content}})
	return err
}

// Report reports members of a status while the session runs, such as "totalCostUsd".
func (s *Session) Report(members JSON) error {
	body := JSON{}
	for name, value := range members {
		body[name] = value
	}
	body["status"] = "running"
	_, err := s.tell("status", body)
	return err
}

// NextMessage waits for a message, and acknowledges it.
func (s *Session) NextMessage(ctx context.Context) (*Message, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case message := <-s.messages:
		_, err := s.tell("inbox/ack", JSON{"messageId": message.ID, "lane": message.Lane})
		return &message, err
	}
}

// hear doesn't acknowledge a stop: the report of the end releases the session.
func (s *Session) hear(message Message) {
	if message.Type == "stop" {
		s.stop()
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.seen[message.ID] {
		return
	}
	select {
	case s.messages <- message:
		s.seen[message.ID] = true
	default: // it is full; Sluice offers the message again
	}
}

func (s *Session) stop() {
	s.stopped.Store(true)
	s.cancel()
}

// lose ends the session; from now on, nothing is reported.
func (s *Session) lose() {
	s.lost.Store(true)
	s.cancel()
}

// refresh is a sign of life, which also asks whether the session goes on.
func (s *Session) refresh() error {
	answer, err := s.once("lock-refresh", JSON{})
	if err != nil || !answer.ok() {
		return err
	}
	refreshed := struct{ Refreshed, Stop bool }{Refreshed: true}
	if err := answer.into(&refreshed); err != nil {
		return err
	}
	if refreshed.Stop {
		s.stop()
	} else if !refreshed.Refreshed {
		s.lose()
	}
	return nil
}

// run begins after an earlier claim of the same session, which was lost, has ended.
func (s *Session) run(handler Handler, before *Session) {
	defer s.worker.ended(s)
	if before != nil {
		<-before.done
	}
	if err := s.work(handler); err != nil {
		s.worker.log("session %s ended without a report: %v", s.ID, err)
	}
}

func (s *Session) work(handler Handler) error {
	if !s.Adopted {
		if refusal := s.worker.refusal(s.Item); refusal != "" {
			_, err := s.tell("nack", JSON{"reason": refusal})
			return err
		}
		answer, err := s.tell("status", JSON{"status": "running"})
		if err != nil || !answer.ok() {
			return err
		}
	}
	outcome := s.handle(handler)
	if s.lost.Load() {
		return nil
	}
	if s.stopped.Load() {
		outcome.With("status", "stopped")
	}
	_, err := s.tell("status", outcome.report)
	return err
}

func (s *Session) handle(handler Handler) (outcome Outcome) {
	defer func() {
		if problem := recover(); problem != nil {
			outcome = Failed(fmt.Sprint(problem))
		}
	}()
	outcome, err := handler(s.ctx, s)
	if err != nil {
		return Failed(err.Error())
	}
	if outcome.report == nil {
		return Completed("")
	}
	return outcome
}

// tell repeats a call until Sluice has heard it, or the session is lost.
func (s *Session) tell(call string, body JSON) (*answer, error) {
	for failures := 0; ; failures++ {
		found, err := s.once(call, body)
		var none *noAnswer
		if err != nil && (!errors.As(err, &none) || s.lost.Load()) {
			return nil, err
		}
		var retryAfter time.Duration
		if err == nil {
			if !found.later() || s.lost.Load() {
				if found.status == 403 || found.status == 404 {
					s.lose()
				}
				return found, nil
			}
			retryAfter = found.retryAfter
		}
		time.Sleep(pause(failures, retryAfter))
	}
}

func (s *Session) once(call string, body JSON) (*answer, error) {
	headers := map[string]string{}
	if claim := s.claim.Load(); claim != 0 {
		headers["X-Sluice-Claim"] = strconv.FormatInt(claim, 10)
	}
	path := "/api/sessions/" + segment(s.ID) + "/" + call
	found, err := s.worker.call("POST", path, body, headers)
	if err != nil {
		return nil, err
	}
	var claimed struct {
		Claim struct{ Token int64 }
	}
	if json.Unmarshal(found.raw, &claimed) == nil && claimed.Claim.Token > s.claim.Load() {
		s.claim.Store(claimed.Claim.Token)
	}
	return found, nil
}
