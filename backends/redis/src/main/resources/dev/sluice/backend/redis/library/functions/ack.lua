-- Acknowledges a message.
--
-- Arguments  2 session  3 message  4 lane: urgent or normal  5 worker, or '' for the org  6 credential of the caller or
--            ''  7 token or 0
-- Result  1 if it was unacknowledged, else 0; the session if a worker was named
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.ack(args)
  local session, id, lane, worker, credential, token = unpack(args, 2, 7)
  local of_worker = worker ~= ''
  local read = of_worker and Sessions.read_row or Sessions.read
  local s, refusal = read(session)
  if not s then
    return { org.seq, refusal }
  end
  local as, w, fields
  if of_worker then
    as, w = Claims.relation(s, worker, credential, token)
    if as == 'NONE' then
      return Claims.not_owner(s)
    end
    fields = Sessions.fields_of(s)
  elseif s.place == 'CLAIMED' then
    w = Workers.read(s.owner)
  end
  Inbox.check(s)
  if w then
    Claims.check_slot(s, w.id)
  end
  local member = Inbox.member(lane, id)
  local plan = Inbox.has(s, member) and Inbox.decide_acknowledge(s, { member }, worker)
  local reattach = Claims.decide_reattach(s, as, w)
  local finish = plan and Sessions.in_grace(s) and s.stop == id and Endings.decide_release(s, w)

  if of_worker then
    Claims.act(s, as, w, reattach)
  end
  if plan then
    Inbox.acknowledge(s, plan)
  end
  if finish then
    finish('acknowledged')
  end
  if plan or of_worker and w then
    Claims.commit(s, w, as ~= 'LAST')
  end
  return { org.seq, 'OK', plan and 1 or 0, of_worker and Sessions.reply(s, fields, 0) or nil }
end
