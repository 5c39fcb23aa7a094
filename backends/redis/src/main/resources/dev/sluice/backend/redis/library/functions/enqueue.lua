-- Enqueues an item.
--
-- Arguments  2 session  3 project  4 required capabilities, separated by RS  5 score, 16 digits  6 priority  7 queued at
--         8 content hash  9 issue, '' for its own id  10 issue identifier, '' for its own id  11 not before or 0
--         12 deadline or 0  13 packed item  14 size by StoredBytes  15 idempotency key or ''  16 part of the call
--         17 hash of the call's content  18 subject (rules/sessions.lua)
--         19 its id as a public name, or '' if it can't be one  20 ... public names
-- Result  1 if it is known, else 0; state, position; for a repeat the session
-- Refuses CONFLICT, DAMAGED, ID_TAKEN, QUEUE_FULL, STORE_FULL, TOO_MANY_PROJECTS, TOO_MANY_CAPABILITY_SETS, KEY_REUSED
function Functions.enqueue(args)
  local id, project, capabilities, score, hash, bytes = args[2], args[3], args[4], args[5], args[8], args[14]

  -- True if the id is the public name of another session.
  local function is_of_other(session, name)
    local owner = call('HGET', AREA .. 'n:' .. sub(name, 1, 4), sub(name, 5))
    return owner and owner ~= session
  end

  -- Keeps the answer, if the call has a key.
  local keep
  if args[15] ~= '' then
    local plan = Replays.decide(args[15], args[16], args[17])
    if plan.refusal then
      return { org.seq, plan.refusal }
    elseif plan.answer then
      local session, duplicate, state, position = match(plan.answer, '^([^\31]+)\31([01])\31(%u+)\31(%d+)$')
      if not session then
        Step.damaged(plan.name)
      end
      return { org.seq, 'OK', tonumber(duplicate), state, tonumber(position), session }
    end
    keep = function(duplicate, state, position)
      Replays.keep(plan, id .. '\31' .. duplicate .. '\31' .. state .. '\31' .. format('%d', position))
    end
  end

  if call('EXISTS', AREA .. 's:' .. id, AREA .. 'p:' .. id) ~= 0 then
    local known = Sessions.read(id)
    local from = known and match(call('GETRANGE', AREA .. 'p:' .. id, 0, 20), '^%d+\31()')
    if not from then
      return { org.seq, 'DAMAGED' }
    elseif call('GETRANGE', AREA .. 'p:' .. id, from - 1, from + #hash - 1) ~= hash .. '\31' then
      return { org.seq, 'CONFLICT' }
    end
    local position = Waiting.position_of(known)
    if keep then
      keep('1', known.state, position)
      Step.commit()
    end
    return { org.seq, 'OK', 1, known.state, position }
  end
  if args[19] ~= '' and is_of_other(id, args[19]) then
    return { org.seq, 'ID_TAKEN' }
  end
  if org.bytes + bytes > Rules.MAX_WORK_BYTES then
    return { org.seq, 'STORE_FULL' }
  end
  if Rules.MAX_WAITING > 0 and org.ready + org.parked + org.later + org.returned >= Rules.MAX_WAITING then
    return { org.seq, 'QUEUE_FULL' }
  end
  local set = Sets.decide(capabilities, project)
  if Queues.is_one_too_many(Queues.of(project)) then
    return { org.seq, 'TOO_MANY_PROJECTS' }
  elseif not set then
    return { org.seq, 'TOO_MANY_CAPABILITY_SETS' }
  end
  local s = {
    id = id, project = project, set = set.id, repository = set.repository, score = score, issue = args[9],
    created = NOW, created_seq = format('%d', org.seq + 1), not_before = args[11], deadline = args[12],
    return_until = '0' }
  local plan = Places.decide_wait(s)

  Sets.use(set)
  Places.begin_wait(s, plan)
  local content = Sessions.keep_content(s, bytes, hash, args[10], capabilities, args[18], args[13], args, 20, #args)
  if s.place == 'PARKED' then
    local parked = Sessions.fresh(id, content)
    parked.place = 'PARKED'
    call('SET', AREA .. 's:' .. id, Sessions.line(parked))
  end
  Step.count_bytes(bytes)
  Events.of_session('ENQUEUED', project, id)
  local position = Waiting.position_of(s)
  if keep then
    keep('0', 'PENDING', position)
  end
  Step.commit()
  return { org.seq, 'OK', 0, 'PENDING', position }
end
