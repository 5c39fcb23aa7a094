-- Acknowledges a message.
--
-- ARGV    2 session  3 message  4 lane: urgent or normal  5 worker, or '' for the org  6 credential of the caller or ''
--         7 token or 0
-- Result  1 if it was unacknowledged, else 0; the session if a worker was named
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or '')
function Functions.ack(args)
  local held = args[5] ~= ''
  local s, refusal = Sessions.read(args[2], held)
  if not s then
    return { org.seq, refusal }
  end
  local as, w, fields
  if held then
    as, w = Claims.relation(s, args[5], args[6], args[7])
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
  local message = sub(args[4], 1, 1) .. args[3]
  local found = Inbox.has(s, message)
  local acked = found and Inbox.decide_acknowledge(s, { message }, args[5])
  local reattach
  if as == 'LOST' then
    reattach = Claims.decide_reattach(s, w)
  end
  local finish
  if found and Sessions.in_grace(s) and s.stop == args[3] then
    finish = Endings.decide_release(s, w)
  end

  if found or held and w then
    if held then
      Claims.act(s, as, w, reattach)
    end
    if found then
      Inbox.acknowledge(s, acked)
      if finish then
        finish('acknowledged')
      end
    end
    Claims.commit(s, w, as ~= 'LAST')
  end
  return { org.seq, 'OK', found and 1 or 0, held and Sessions.reply(s, fields, 0) or nil }
end
