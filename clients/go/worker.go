package sluice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	pollSeconds  = 20
	mostSignIns  = 3
	drainDefault = 25 * time.Second
)

// Handler runs a session. The context is over when the session is stopped, or belongs to another
// worker now: return soon then. An error, or a panic, fails the session with its text.
type Handler func(ctx context.Context, session *Session) (Outcome, error)

// Worker takes work from Sluice and runs it, up to Capacity sessions at a time.
//
// It registers, polls, accepts, sends heartbeats, repeats calls that got no answer, refreshes its
// token, registers again when Sluice doesn't know it, and hands stops and messages to the sessions.
type Worker struct {
	URL   string
	Token string // a key that may register workers

	Hostname     string   // a label for people; defaults to the name of this machine
	MachineID    string   // names a worker that restarts; one for each worker of the machine; defaults to Hostname
	Capacity     int      // how many sessions run at a time; defaults to 1
	Projects     []string // the projects whose work it takes; defaults to all
	Capabilities []string // what items may require

	Adopt  []string        // sessions that an earlier process of this worker has started, and whose agents still run
	Reaped func(id string) // gets those of Adopt that it may not go on with: their agents must be ended

	Refuse    func(item json.RawMessage) string  // looks at an item before it runs; a reason gives it back to the queue
	DrainTime time.Duration                      // how long a drain lets sessions end; defaults to 25 s
	Log       func(format string, values ...any) // defaults to the package log

	transport *transport
	drain     context.Context
	mutex     sync.Mutex
	running   map[string]*Session
	signIn    sync.Mutex
	identity  atomic.Pointer[identity]
	heartbeat atomic.Int64 // milliseconds
}

type identity struct{ id, token string }

type registration struct {
	WorkerID          string
	RuntimeToken      string
	HeartbeatInterval int64
	Sessions          map[string]string
}

// Run works until the context is over. Then it takes no more work, lets sessions end, and gives
// those back that take too long. It fails with an *Error if the token doesn't allow it.
func (w *Worker) Run(ctx context.Context, handler Handler) error {
	w.defaults()
	w.drain = ctx
	over, end := context.WithCancel(context.Background())
	var beats sync.WaitGroup
	defer w.leave()
	defer beats.Wait()
	defer end()
	if err := w.begin(handler); err != nil {
		return err
	}
	beats.Add(1)
	go func() {
		defer beats.Done()
		w.beatAlways(over)
	}()
	go w.endPollOnDrain(over, handler)
	return w.pollUntilDrained(handler)
}

func (w *Worker) defaults() {
	if w.Hostname == "" {
		w.Hostname, _ = os.Hostname()
	}
	if w.MachineID == "" {
		w.MachineID = w.Hostname
	}
	if w.DrainTime == 0 {
		w.DrainTime = drainDefault
	}
	if w.Capacity == 0 {
		w.Capacity = 1
	}
	w.transport = newTransport(w.URL)
	w.running = map[string]*Session{}
	w.identity.Store(&identity{})
	w.heartbeat.Store(30_000)
}

func (w *Worker) draining() bool { return w.drain.Err() != nil }

func (w *Worker) log(format string, values ...any) {
	if w.Log == nil {
		log.Printf("sluice: "+format, values...)
	} else {
		w.Log(format, values...)
	}
}

func (w *Worker) refusal(item json.RawMessage) string {
	if w.draining() {
		return "The worker is draining"
	}
	if w.Refuse == nil {
		return ""
	}
	return w.Refuse(item)
}

func (w *Worker) begin(handler Handler) error {
	var verdicts map[string]string
	for failures := 0; !w.draining(); failures++ {
		var err error
		if verdicts, err = w.register(w.identity.Load()); err == nil {
			break
		}
		if !retryable(err) {
			return err
		}
		w.log("registering failed: %v", err)
		_ = sleep(w.drain, pause(failures, 0)) // else it drains
	}
	for _, id := range w.Adopt {
		if verdicts[id] == "keep" || verdicts[id] == "adopt" {
			item, err := w.itemOf(id)
			if err != nil {
				return err
			}
			w.start(handler, newSession(w, id, item, true, 0))
		} else if w.Reaped != nil {
			w.Reaped(id)
		}
	}
	return nil
}

func (w *Worker) itemOf(id string) (json.RawMessage, error) {
	found, err := w.call("GET", "/api/daemon/sessions/"+segment(id), nil, nil)
	if err == nil && found.ok() {
		return found.raw, nil
	}
	if err != nil && !retryable(err) {
		return nil, err
	}
	return json.Marshal(JSON{"sessionId": id})
}

func (w *Worker) pollUntilDrained(handler Handler) error {
	failures := 0
	var end time.Time
	for !w.draining() || len(w.held()) > 0 {
		if w.draining() && end.IsZero() {
			end = time.Now().Add(w.DrainTime)
		}
		if !end.IsZero() && time.Now().After(end) {
			return nil
		}
		wait := fmt.Sprintf("wait=%d&slots=now", pollSeconds)
		if w.draining() {
			wait = "wait=1"
		}
		found, err := w.call("GET", "/api/workers/{id}/poll?"+wait, nil, nil)
		switch {
		case err == nil && found.ok():
			failures = 0
			w.take(handler, found)
		case err == nil:
			w.log("a poll failed: %v", found.problem())
			w.pause(failures, found.retryAfter)
			failures++
		case !retryable(err):
			return err
		default:
			w.log("a poll got %v", err)
			w.pause(failures, 0)
			failures++
			// Its answer may have brought work. Two heartbeats without that work let it return at once.
			w.beat()
			w.beat()
		}
	}
	return nil
}

func (w *Worker) pause(failures int, retryAfter time.Duration) {
	if w.draining() {
		time.Sleep(time.Second)
	} else {
		_ = sleep(w.drain, pause(failures, retryAfter)) // else it drains
	}
}

// endPollOnDrain makes another poll, which ends the one that waits.
func (w *Worker) endPollOnDrain(over context.Context, handler Handler) {
	select {
	case <-over.Done():
		return
	case <-w.drain.Done():
	}
	w.beat()
	if found, err := w.call("GET", "/api/workers/{id}/poll?wait=0", nil, nil); err != nil {
		w.log("a poll got %v", err)
	} else if found.ok() {
		w.take(handler, found)
	}
}

func (w *Worker) take(handler Handler, found *answer) {
	var poll struct {
		Work              []json.RawMessage
		ClaimedSessionIDs []string
		Claims            map[string]struct{ Token int64 }
		InboxMessages     map[string][]Message
	}
	if err := found.into(&poll); err != nil {
		w.log("a poll got %v", err)
		return
	}
	for i, id := range poll.ClaimedSessionIDs {
		if i < len(poll.Work) {
			w.start(handler, newSession(w, id, poll.Work[i], false, poll.Claims[id].Token))
		}
	}
	held := w.held()
	for id, messages := range poll.InboxMessages {
		for _, message := range messages {
			if held[id] != nil {
				held[id].hear(message)
			}
		}
	}
}

func (w *Worker) start(handler Handler, session *Session) {
	w.mutex.Lock()
	before := w.running[session.ID]
	w.running[session.ID] = session
	w.mutex.Unlock()
	if before != nil {
		before.lose()
	}
	go session.run(handler, before)
}

func (w *Worker) held() map[string]*Session {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	held := make(map[string]*Session, len(w.running))
	for id, session := range w.running {
		held[id] = session
	}
	return held
}

func (w *Worker) ended(session *Session) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.running[session.ID] == session {
		delete(w.running, session.ID)
	}
	session.cancel()
	close(session.done)
}

func (w *Worker) beatAlways(over context.Context) {
	for sleep(over, time.Duration(w.heartbeat.Load())*time.Millisecond*9/10) == nil {
		w.beat()
		for _, session := range w.held() {
			if err := session.refresh(); err != nil {
				w.log("a lock-refresh got %v", err)
			}
		}
	}
}

func (w *Worker) beat() {
	held := w.held()
	body := JSON{"activeCount": len(held), "sessions": ids(held)}
	if w.draining() {
		body["status"] = "draining"
	}
	found, err := w.call("POST", "/api/workers/{id}/heartbeat", body, nil)
	if err != nil {
		w.log("a heartbeat got %v", err)
		return
	}
	var heard struct{ Sessions map[string]string }
	if found.ok() && found.into(&heard) == nil {
		for id, session := range held {
			if heard.Sessions[id] != "reap" {
				continue
			}
			// It tells a stop, whose end is reported.
			if err := session.refresh(); err != nil {
				w.log("a lock-refresh got %v", err)
			}
			if !session.stopped.Load() {
				session.lose()
			}
		}
	}
}

func ids(held map[string]*Session) []string {
	ids := make([]string, 0, len(held))
	for id := range held {
		ids = append(ids, id)
	}
	return ids
}

// reap ends sessions. One that began after the list was made isn't meant.
func reap(verdicts map[string]string, held map[string]*Session) {
	for id, session := range held {
		if verdicts[id] == "reap" {
			session.lose()
		}
	}
}

// leave gives sessions that still run back to the queue.
func (w *Worker) leave() {
	for _, session := range w.held() {
		session.lose()
	}
	if w.identity.Load().id != "" {
		if _, err := w.call("DELETE", "/api/workers/{id}", nil, nil); err != nil {
			w.log("deregistering got %v", err)
		}
	}
}

// call makes a call as this worker, and again with a new token, or as a new worker, if Sluice wants
// one. {id} in the path stands for the id of the worker.
func (w *Worker) call(method, path string, body JSON, headers map[string]string) (*answer, error) {
	for signIns := 0; ; signIns++ {
		used := w.identity.Load()
		signed := JSON{"workerId": used.id}
		for name, value := range body {
			signed[name] = value
		}
		to := strings.Replace(path, "{id}", used.id, 1)
		found, err := w.transport.call(context.Background(), method, to, used.token, signed, headers)
		if err != nil || found.ok() || signIns == mostSignIns || method == "DELETE" {
			return found, err
		}
		code := found.problem().Code
		gone := code == "worker-gone" || code == "worker-not-found"
		if found.status != 401 && !gone {
			return found, nil
		}
		if err := w.newIdentity(used, gone); err != nil {
			return nil, err
		}
	}
}

func (w *Worker) newIdentity(used *identity, gone bool) error {
	w.signIn.Lock()
	defer w.signIn.Unlock()
	if w.identity.Load() != used {
		return nil // another goroutine has done it
	}
	if !gone {
		path := "/api/workers/" + used.id + "/refresh-token"
		found, err := w.transport.call(context.Background(), "POST", path, w.Token, JSON{}, nil)
		if err != nil {
			return err
		}
		if found.ok() {
			_, err := w.become(found)
			return err
		}
		if found.later() {
			return &noAnswer{found.problem()}
		}
	}
	held := w.held()
	verdicts, err := w.register(used)
	if err == nil {
		reap(verdicts, held)
	}
	return err
}

func (w *Worker) register(used *identity) (map[string]string, error) {
	sessions := ids(w.held())
	if used.id == "" {
		sessions = append(sessions, w.Adopt...)
	}
	body := JSON{
		"hostname": w.Hostname, "machineId": w.MachineID, "capacity": w.Capacity, "sessions": sessions,
		"projects": append([]string{}, w.Projects...), "capabilities": append([]string{}, w.Capabilities...),
	}
	found, err := w.transport.call(
		context.Background(), "POST", "/api/workers/register", w.Token, body, nil)
	if err != nil {
		return nil, err
	}
	if found.later() {
		return nil, &noAnswer{found.problem()}
	}
	if !found.ok() {
		return nil, found.problem()
	}
	return w.become(found)
}

// become takes over the identity that an answer brings. A worker with a legacy key has no token of
// its own.
func (w *Worker) become(found *answer) (map[string]string, error) {
	var registered registration
	if err := found.into(&registered); err != nil {
		return nil, err
	}
	if registered.RuntimeToken == "" {
		registered.RuntimeToken = w.Token
	}
	w.identity.Store(&identity{registered.WorkerID, registered.RuntimeToken})
	if registered.HeartbeatInterval > 0 {
		w.heartbeat.Store(registered.HeartbeatInterval)
	}
	return registered.Sessions, nil
}

// retryable reports whether there was no answer; every other error ends the worker.
func retryable(err error) bool {
	var none *noAnswer
	return errors.As(err, &none)
}
