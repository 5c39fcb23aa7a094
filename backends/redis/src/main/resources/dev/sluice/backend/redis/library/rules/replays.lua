-- Answers to calls with an idempotency key, for repeats of the call.
--
--   {org}:r:<key>   hash
--       body              hash of the call's content US until when this is kept
--       <part>            answer to that part of the call, in a format of its function
--   {org}:replays   sorted set: key -> until when it is kept

-- Decides about a part of a call. Returns a plan: its `refusal` if the key was used for other content, its `answer` if
-- this part was answered before.
function Replays.decide(key, part, body)
  local plan = { key = key, name = AREA .. 'r:' .. key, part = part, body = body }
  local row = call('HMGET', plan.name, 'body', part)
  Pages.check('replays')
  if not row[1] then
    plan.begins = not row[2] or Step.damaged(plan.name)
    return plan
  end
  local known, ends = match(row[1], '^([^\31]+)\31(%d+)$')
  if not known then
    Step.damaged(plan.name)
  elseif ends + 0 <= now then
    plan.begins, plan.over = true, true
  elseif known ~= body then
    plan.refusal = 'KEY_REUSED'
  else
    plan.answer = row[2]
  end
  return plan
end

-- Returns the size of the answers.
function Replays.bytes_of(name)
  return Rules.LINE_BYTES * math.max(0, call('HLEN', name) - 1)
end

-- Keeps the first answer to a key until it ends.
function Replays.begin(name, key, body, part, answer, ends)
  call('HSET', name, 'body', body .. '\31' .. ends, part, answer)
  call('ZADD', AREA .. 'replays', ends, key)
end

-- Keeps an answer. The first answer to a key sets its end.
function Replays.keep(plan, answer)
  Step.count_bytes(Rules.LINE_BYTES)
  if plan.over then
    Step.count_bytes(-Replays.bytes_of(plan.name))
    call('UNLINK', plan.name)
  end
  if plan.begins then
    Replays.begin(plan.name, plan.key, plan.body, plan.part, answer, format('%d', now + Rules.IDEMPOTENCY_MS))
  else
    call('HSET', plan.name, plan.part, answer)
  end
end
