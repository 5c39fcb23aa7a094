local FIELDS = 9

-- Adds an activity to a session: a sign of life of its owner.
--
-- Arguments  2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 type  7 body  8 tool or ''
--            9 ... fields: name, value, ...
-- Result  id, time, session
-- Refuses UNKNOWN_SESSION, DAMAGED, STORE_FULL, NOT_OWNER (owner or ''), NOT_REPLACED
function Functions.add_activity(args)
  local session, worker, credential, token, kind, body, tool = unpack(args, 2, 8)
  local s, refusal = Sessions.read_row(session)
  if not s then
    return { org.seq, refusal }
  end
  local as, w = Claims.relation(s, worker, credential, token)
  if as == 'NONE' then
    return Claims.not_owner(s)
  end
  Step.expect('list', AREA .. 'a:' .. s.id)
  Step.expect('hash', AREA .. 'said')
  if org.bytes + Rules.LINE_BYTES + 1 + #kind + #body > Rules.MAX_BYTES then
    return { org.seq, 'STORE_FULL' }
  end
  local fields = Sessions.fields_of(s)
  local counts = as ~= 'LAST' and not Sessions.in_grace(s)
  local merges = counts and #args >= FIELDS
  if merges then
    Step.expect('hash', AREA .. 'f:' .. s.id)
  end
  local reattach = Claims.decide_reattach(s, as, w)

  Claims.act(s, as, w, reattach)
  if counts then
    s.updated = NOW
    if tool ~= '' then
      s.tools = tool .. '\29' .. NOW .. '\29' .. format('%d', (match(s.tools, '\29(%d+)$') or 0) + 1)
    end
  end
  if merges then
    Sessions.merge_fields(s, fields, args, FIELDS)
  end
  Sessions.keep_activity(s, format('%d', s.activities + 1), NOW, kind, body)
  Claims.commit(s, w, true)
  return { org.seq, 'OK', s.activities, NOW, Sessions.reply(s, fields, 0) }
end
