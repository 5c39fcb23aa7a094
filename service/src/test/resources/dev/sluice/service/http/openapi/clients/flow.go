// The README's first worker by a generated client: enqueue, register, poll, report, read.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	sluice "example.org/acme/sluice"
)

func client(credential string) (*sluice.APIClient, context.Context) {
	configuration := sluice.NewConfiguration()
	configuration.Servers = sluice.ServerConfigurations{{URL: os.Args[1]}}
	return sluice.NewAPIClient(configuration),
		context.WithValue(context.Background(), sluice.ContextAccessToken, credential)
}

func check(holds bool, what any) {
	if !holds {
		text, _ := json.Marshal(what)
		panic(string(text))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func item(session string) sluice.WorkItem {
	item := sluice.NewWorkItem()
	item.SetSessionId(session)
	item.SetProjectName("go")
	return *item
}

func main() {
	producer, asProducer := client(os.Args[2])
	request := sluice.NewEnqueueRequest()
	request.SetSessionId("go")
	request.SetPrompt("Say hello")
	request.SetProjectName("go")
	queued, _, err := producer.WorkAPI.Enqueue(asProducer).EnqueueRequest(*request).Execute()
	must(err)
	check(queued.GetSessionId() == "go" && queued.GetState() == sluice.PENDING, queued)

	first := item("go")
	first.SetPrompt("Say hello")
	many := sluice.NewEnqueueRequest()
	many.SetItems([]sluice.WorkItem{first, item("go-2")})
	bulk, _, err := producer.WorkAPI.Enqueue(asProducer).EnqueueRequest(*many).Execute()
	must(err)
	check(bulk.Results[0].GetDuplicate() && bulk.Results[1].GetCode() == "invalid-field", bulk)

	registrar, asRegistrar := client(os.Args[3])
	registration := sluice.NewRegistration("my-machine")
	registration.SetCapacity(2)
	registration.SetProjects([]string{"go"})
	registered, _, err := registrar.WorkersAPI.RegisterWorker(asRegistrar).Registration(*registration).Execute()
	must(err)
	id := registered.WorkerId
	worker, asWorker := client(registered.GetRuntimeToken())
	_, _, err = worker.WorkersAPI.Heartbeat(asWorker, id).Heartbeat(*sluice.NewHeartbeat(0)).Execute()
	must(err)

	poll, _, err := worker.WorkersAPI.Poll(asWorker, id).Wait(5).Execute()
	must(err)
	polled := poll.Work[0]
	check(polled.GetSessionId() == "go" && polled.GetPrompt() == "Say hello", poll)
	check(poll.Claims["go"].Token > 0, poll)

	report := sluice.NewStatusReport("completed")
	report.SetWorkerId(id)
	report.SetSummary("Hello!")
	report.SetTotalCostUsd(0.5)
	reported, _, err := worker.ReportsAPI.ReportStatus(asWorker, polled.GetSessionId()).StatusReport(*report).Execute()
	must(err)
	check(reported.Updated && reported.Session.Status == sluice.COMPLETED, reported)

	ended, _, err := producer.WorkAPI.GetWork(asProducer, "go").Execute()
	must(err)
	check(ended.Place == "ended" && ended.State == sluice.COMPLETED, ended)
	check(ended.Result.GetSummary() == "Hello!" && ended.Result.GetTotalCostUsd() == 0.5, ended)

	_, _, err = producer.WorkAPI.GetWork(asProducer, "unheard-of").Execute()
	var refused *sluice.GenericOpenAPIError
	check(errors.As(err, &refused), err)
	problem, named := refused.Model().(sluice.ApiError)
	check(named && problem.Code == "session-not-found", string(refused.Body()))
	fmt.Println("done")
}
