-- The hand-out of work by a poll. selection.lua finds it, sessions.lua and buckets.lua have the layouts.
--
-- A hand-out:
--   w            the worker
--   selection    what comes next
--   reply        the answer of the poll; reply[7] is the number of its claims
--   broken       names of damaged records
--   bytes        size of the work in the answer
--   claimed      time and session of each claim since the last write_claims; `ready`, `returned`: how many were
--   hidden       buckets whose rest a damaged record hides; `filled`: projects that have reached a limit meanwhile

-- A poll stops after this many damaged records.
local MAX_BROKEN = 64

-- The parts of a line that a claim replaces: before the token, and behind it (sessions.lua).
local function texts_of_claim(w, accept_by)
  -- Behind the claim time: started, ended, release by. Behind the last sign: cost, lost by, nacked by, return until,
  -- nackers, stop told, why dead, tools, attempt.
  return '\30CLAIMED\31CLAIMED\31' .. w.id .. '\31',
    '\31' .. accept_by .. '\31' .. NOW .. '\31' .. NOW .. '\0310\0310\0310\31' .. NOW .. '\0310\31\31\0310',
    '\0310\31\31\31\30'
end

-- Begins a hand-out. `depth`: how many entries of a bucket may be looked at.
function Handout.begin(w, reply, broken_records, depth)
  local accept_by = format('%d', now + Rules.ACCEPT_MS[w.dialect])
  local before_token, after_token, after_nackers = texts_of_claim(w, accept_by)
  return {
    w = w, selection = Selection.begin(w, depth), reply = reply, broken = broken_records, bytes = 0,
    claimed = {}, ready = 0, returned = 0, accept_by = accept_by, before_token = before_token,
    after_token = after_token, after_nackers = after_nackers, event = Timelines.text('CLAIMED', w.id),
  }
end

-- Reads the work of a bucket's next entry, as Sessions.parse_waiting and parse_fresh return it, with its content. Returns
-- nil for a damaged record, and nil and 'MISSING' if only its item is missing.
local function read_work(bucket, session)
  local pair = call('MGET', AREA .. 's:' .. session, AREA .. 'p:' .. session)
  local line, content, work = pair[1], pair[2], nil
  if line then
    work = Sessions.parse_waiting(line, bucket.start, sub(bucket.entry, 1, 17), bucket.place)
    if content and not find(content, '\n', 1, true) then
      return nil
    end
  elseif content and bucket.place == 'READY' then
    work = Sessions.parse_fresh(content)
    if not work or work.start ~= bucket.start or work.score ~= sub(bucket.entry, 1, 16) then
      return nil
    end
  end
  if work and not content then
    return nil, call('EXISTS', AREA .. 'p:' .. session) == 0 and 'MISSING' or nil
  end
  if work then
    work.content, work.has_line = content, line
  end
  return work
end

-- True if the lists of returned work of these nackers are sound.
local function sound_returns(nackers)
  return Step.passes(Nackers.check_returns, Nackers.of({ nackers = nackers }))
end

-- Returns the queue of the work if all that its claim writes is sound, and its issue free; and the key of the issue's lock
-- if it has one. Else nil.
local function decide(handout, bucket, work)
  local p, lock, first = Selection.sound_project(bucket.project), nil, nil
  if work.issue ~= '' then
    lock, first = Issues.lock_of(redis.pcall, work.issue, bucket.project, '0')
  end
  if not p
    or first and (first[1] ~= bucket.entry or first[2] ~= '0')
    or work.repository ~= '' and not Selection.has_type('zset', AREA .. 'lanes:' .. bucket.prefix)
    or bucket.place == 'RETURNED' and not sound_returns(work.nackers)
    or work.deadline ~= '0' and not Selection.has_type('zset', AREA .. 'due')
    or work.unacked ~= '0' and not Selection.has_type('zset', AREA .. 'mail:' .. handout.w.id) then
    return nil
  end
  return p, lock
end

-- Writes the line of a claim. False if another key stands in its place.
local function write_line(handout, session, work, token)
  local line = work.kept .. handout.before_token .. token .. handout.after_token .. work.nackers
    .. handout.after_nackers .. work.counts .. '\30' .. Timelines.add(session, work.events, handout.event)
  -- A missing line is not there in any other type.
  return call('SET', AREA .. 's:' .. session, line, work.has_line and 'XX' or 'NX')
end

-- Takes the work out of the lists that speak of it. Its bucket follows in write_claims.
local function leave_lists(handout, bucket, session, work, lock)
  local w = handout.w
  local gone = bucket.gone or {}
  bucket.gone, gone[#gone + 1] = gone, bucket.entry
  if work.has_fields == '1' then
    call('UNLINK', AREA .. 'f:' .. session)
  end
  if work.repository ~= '' then
    call('ZREM', AREA .. 'lanes:' .. bucket.prefix,
      sub(work.repository, 2) .. '/\31' .. bucket.project .. '\31' .. bucket.entry)
  end
  if lock then
    call('ZADD', lock, '-1', bucket.entry)
  end
  if work.deadline ~= '0' then
    call('ZREM', AREA .. 'due', '2\31' .. session)
  end
  if bucket.place == 'RETURNED' then
    Nackers.end_returns({ id = session, nackers = work.nackers })
  end
  if work.unacked ~= '0' then
    call('ZADD', AREA .. 'mail:' .. w.id, '0', session)
    w.mail = '0'
  end
end

-- Counts the claim in its project and for the figures.
local function count_claim(handout, bucket, p, session, work)
  if bucket.place == 'READY' then
    p.ready, handout.ready = p.ready - 1, handout.ready + 1
  else
    p.returned, handout.returned = p.returned - 1, handout.returned + 1
  end
  p.claimed = p.claimed + 1
  local claimed, taken, models = handout.claimed, p.taken or {}, p.models or {}
  local n, k = #claimed, #taken
  claimed[n + 1], claimed[n + 2] = NOW, session
  p.taken, taken[k + 1], taken[k + 2] = taken, NOW, session
  local model = work.model or Figures.model_in(work.content, work.enqueued)
  p.models, models[model] = models, (models[model] or 0) + 1
end

-- Claims the next entry of a bucket. Returns its queue, and true if it goes out alone; false for a damaged record, nil if
-- only its item is missing, 'END' if it is for the next answer, since it goes out alone or has no room.
local function claim_entry(handout, bucket, session)
  local work, missing = read_work(bucket, session)
  if missing then
    return nil
  elseif not work then
    return false
  end
  local w, reply = handout.w, handout.reply
  local size = Rules.COPIES[w.dialect] * Sessions.size_of(work.content)
  if reply[7] > 0 and (work.alone or handout.bytes + size > Rules.WORK_BYTES) then
    return 'END'
  end
  local p, lock = decide(handout, bucket, work)
  local token = p and Claims.next_token()
  if not p or not write_line(handout, session, work, token) then
    return false
  end
  Step.hint('C', session)
  leave_lists(handout, bucket, session, work, lock)
  count_claim(handout, bucket, p, session, work)
  Events.of_session('CLAIMED', p.name, session, w.id)
  local n, set = #reply, w.set
  set[#set + 1] = 'a:' .. session
  set[#set + 1] = token
  w.claims = w.claims .. session .. '\31' .. token .. '\31'
  reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
    session, token, handout.accept_by .. '\31' .. work.queued .. '\31' .. p.name, work.content
  reply[7], handout.bytes = reply[7] + 1, handout.bytes + size
  return p, work.alone
end

-- Writes what claims have in common.
local function write_claims(handout)
  local taken = handout.ready + handout.returned
  if taken == 0 then
    return
  end
  org.ready = format('%d', org.ready - handout.ready)
  org.returned = format('%d', org.returned - handout.returned)
  org.claimed = format('%d', org.claimed + taken)
  handout.w.active = format('%d', handout.w.active + taken)
  call('ZADD', AREA .. 'claimed', unpack(handout.claimed))
  for name, p in pairs(projects) do
    if p.taken then
      call('ZADD', AREA .. 'claimed:' .. name, unpack(p.taken))
      for model, number in pairs(p.models) do
        Figures.count('c', number, name, model, handout.w.hostname or '')
      end
      p.taken, p.models = nil, nil
    end
  end
  Selection.write_heads(handout.selection)
end

-- Ends work whose item is missing: another session of its issue may go first then, so the selection begins again.
local function end_missing(handout, session)
  write_claims(handout)
  handout.unending = handout.unending or {}
  handout.unending[session] = not Endings.give_up(session)
  Step.commit(true)
  handout.claimed, handout.ready, handout.returned = {}, 0, 0
  handout.selection = Selection.begin(handout.w, handout.selection.depth)
end

-- Hides all behind a damaged record of a bucket.
local function hide_rest(handout, bucket, session, mark)
  handout.broken[#handout.broken + 1] = bucket.sound and session or 'bucket\31' .. bucket.name
  handout.hidden[mark] = true
  Selection.pass_over(handout.selection, bucket)
end

-- Tries the next entry of a bucket. True if nothing may be claimed behind it.
local function try_entry(handout, bucket, session, mark)
  local p, alone = false, false
  if bucket.sound then
    p, alone = claim_entry(handout, bucket, session)
  end
  if p == 'END' then
    return true
  elseif p then
    Selection.advance(handout.selection, bucket, true)
    if not Queues.is_open(p) then
      handout.filled[p.name] = true
    end
    return alone
  elseif p == nil and not (handout.unending and handout.unending[session]) then
    end_missing(handout, session)
  else
    hide_rest(handout, bucket, session, mark)
  end
  return false
end

-- Claims up to `wanted` items for the worker, and adds them to the reply and their tokens to its fields. Adds the names of
-- damaged records to `broken_records`.
function Handout.give(w, wanted, reply, broken_records)
  local own, nacked = nil, 0
  if org.returned ~= '0' or org.parked ~= '0' then
    own, nacked = Workers.own_returns(w.id)
    if nacked >= Rules.MAX_RETURNS then
      return
    end
  end
  if w.version ~= org.version then
    w.version, w.sets = org.version, Workers.sets_within(w.capabilities)
  end
  local handout = Handout.begin(w, reply, broken_records, wanted + nacked)
  handout.hidden, handout.filled = {}, {}
  while reply[7] < wanted and #broken_records < MAX_BROKEN do
    local bucket = Selection.next_bucket(handout.selection)
    if not bucket then
      break
    end
    local session, mark = sub(bucket.entry, 18), bucket.lane and bucket.start .. bucket.lane or bucket.start
    if own and own[session] then
      Selection.advance(handout.selection, bucket, false)
    elseif handout.hidden[mark] or handout.filled[bucket.project] then
      Selection.pass_over(handout.selection, bucket)
    elseif try_entry(handout, bucket, session, mark) then
      break
    end
  end
  write_claims(handout)
end

-- Adds the claims of a repeated poll that still stand to the reply. Returns those sessions whose item is missing.
-- `last`: the claims in the worker's record.
function Handout.again(worker, last, reply)
  local gone = {}
  for session, claim in string.gmatch(match(last, '^[^\30]*'), '([^\31]+)\31(%d+)') do
    local s = Sessions.read(session)
    if s and s.place == 'CLAIMED' and s.state ~= 'STOPPED' and s.owner == worker and s.token == claim then
      local content, n = call('MGET', AREA .. 'p:' .. session)[1], #reply
      if content then
        reply[n + 1], reply[n + 2], reply[n + 3], reply[n + 4] =
          session, claim, s.accept_by .. '\31' .. s.queued .. '\31' .. s.project, content
        reply[7] = reply[7] + 1
      elseif call('EXISTS', AREA .. 'p:' .. session) == 0 then
        gone[#gone + 1] = session
      end
    end
  end
  return gone
end
