-- A poll in its state:
--   w, args, reply, broken   the worker, the arguments, the answer, names of damaged records
--   inherited                claims of workers that it has replaced
--   last, jobs               the worker's last poll, and the names of the jobs in its answer, or nil (workers.lua)
--   repeated                 this is the last poll once more
--   may                      the worker may get work
--   told, asks               its last poll told it of messages, as a snake-case worker; it asks for jobs
--   unsettled                jobs of its last poll of which it isn't known whether it has read them, behind RS each
--   gone                     sessions of a repeated poll whose item is missing

-- Returns the claims that the worker inherits. Forgets the workers before it that are gone.
local function settle_inherits(w, inherits)
  if not inherits then
    return 0
  end
  local claims, kept = Workers.inherited(w, inherits)
  if kept == '' then
    Pages.append(w.gone, 'inherits')
  elseif kept ~= inherits then
    Pages.append(w.set, 'inherits', kept)
  end
  return claims
end

local function begin(w, args, last, inherits)
  local repeated = sub(last, 1, #args[4] + 1) == args[4] .. '\31'
  local may = w.takes ~= Rules.NO_PROJECTS and Workers.may_take(w.draining, w.drained, w.retired, w.quarantined)
  local jobs = find(last, '\30', 1, true)
  return {
    w = w, args = args, last = last, jobs = jobs and sub(last, jobs + 1), repeated = repeated, may = may, broken = {},
    inherited = settle_inherits(w, inherits),
    told = w.dialect == 'SNAKE_CASE' and not repeated and w.mail ~= '',
    asks = may and not repeated and args[6] == '1' and (org.jobs ~= '0' or org.offers ~= '0')
      and find('\30' .. w.capabilities .. '\30', '\30' .. Rules.BATCH_CAPABILITY .. '\30', 1, true),
    reply = { '', 'OK', w.dialect, w.capabilities, w.takes, '', 0 }, unsettled = '',
  }
end

-- All that may refuse is here. Below, reads don't raise, and each item is decided before it is written.
local function check(poll)
  local w = poll.w
  if poll.may and not poll.repeated and (poll.told or Workers.free_slots(w, poll.inherited) > 0) then
    Step.expect('zset', AREA .. 'claimed')
  end
  if poll.jobs or poll.asks then
    Step.expect('zset', AREA .. 'jobs')
    Step.expect('zset', AREA .. 'jobs-over')
  end
  if org.returned ~= '0' or poll.told then
    Step.expect('zset', AREA .. 'returns:' .. w.id)
  end
  if poll.jobs or poll.asks or org.returned ~= '0' or poll.told then
    Step.expect('zset', AREA .. 'due')
  end
end

local function handle_due()
  if org.due ~= '0' and org.due + 0 <= now then
    local _, _, wrote = Due.handle(Rules.DUE_STEP)
    if wrote then
      Step.commit(true)
    end
  end
end

-- Settles what earlier polls offered.
local function settle(poll)
  local w = poll.w
  if poll.told and Offers.settle(w, poll.broken, Workers.fates_of(w.key, poll.args[7])) then
    Workers.store(w)
    Step.commit(true)
  end
  if poll.jobs and not poll.repeated then
    poll.unsettled = Jobs.settle(w.id, poll.jobs, Workers.fates_of(w.key, poll.args[7]))
  end
end

-- Hands out work; a repeated poll gets the claims of its first run that still stand.
local function hand_out(poll)
  local w = poll.w
  w.claims = ''
  if poll.repeated then
    poll.gone = Handout.again(w.id, sub(poll.last, #poll.args[4] + 2), poll.reply)
  elseif poll.may and (org.ready ~= '0' or org.returned ~= '0') then
    local wanted = math.min(poll.args[5], Rules.MAX_ITEMS, Workers.free_slots(w, poll.inherited))
    if wanted > 0 then
      Handout.give(w, wanted, poll.reply, poll.broken)
    end
  end
end

-- The bytes that are left for messages in the answer.
local function room_for_messages(poll)
  local items = 0
  for i = 11, #poll.reply, 4 do
    items = items + Sessions.size_of(poll.reply[i])
  end
  return Rules.ANSWER_BYTES - Rules.JOB_BYTES - Rules.COPIES[poll.w.dialect] * items
end

-- Offers messages of the worker's other sessions. Go daemons get theirs by refreshes. True if any was offered.
local function offer_messages(poll)
  local w, before, snake = poll.w, #poll.reply, poll.w.dialect == 'SNAKE_CASE'
  if w.mail == '' or w.dialect == 'GO_DAEMON' then
    return false
  end
  if poll.repeated then
    local offered = call('HGET', w.key, 'poll')
    if offered and sub(offered, 1, #CALL + 1) == CALL .. ' ' then
      w.mail = Offers.read_again(w.id, match(offered, '%d+$'))
    end
  end
  if w.mail + 0 <= now or snake and poll.repeated then
    w.mail = Offers.offer(w.id, poll.reply, poll.broken, snake, snake and poll.repeated, room_for_messages(poll))
    if #poll.reply > before then
      call('HSET', w.key, 'poll', CALL .. ' ' .. NOW)
    end
  end
  return #poll.reply > before
end

-- Returns the jobs that the answer brings, or nil.
local function jobs_to_offer(poll)
  if poll.asks and org.jobs ~= '0' and poll.unsettled == '' then
    local _, nacked = Workers.own_returns(poll.w.id)
    return nacked < Rules.MAX_RETURNS and Jobs.offer(poll.w.id, poll.broken) or nil
  elseif poll.jobs and poll.repeated then
    return Jobs.standing(poll.w.id, poll.jobs)
  end
  return nil
end

local function offer_jobs(poll, messages)
  local jobs = jobs_to_offer(poll)
  local any = jobs and jobs[1]
  if any or messages and poll.w.dialect == 'SNAKE_CASE' then
    Workers.note_offers(poll.w.key, poll.args[7], poll.repeated)
  end
  if any then
    poll.reply[#poll.reply + 1] = jobs
  end
  return jobs or {}
end

-- Writes the worker's record. `jobs`: those in the answer, with their items.
local function write_worker(poll, jobs)
  local w = poll.w
  Workers.sign_of_life(w)
  local last = poll.last
  if not poll.repeated then
    last = poll.args[4] .. '\31' .. w.claims .. poll.unsettled
    for i = 1, #jobs, 2 do
      last = last .. '\30' .. jobs[i]
    end
  end
  local n = #w.set
  w.set[n + 1], w.set[n + 2], w.set[n + 3], w.set[n + 4] = 'last', last, 'polled', NOW
  Workers.write(w)
end

-- Ends sessions of a repeated poll whose item is missing.
local function end_gone(poll)
  if not poll.gone or not poll.gone[1] then
    return
  end
  Step.commit(true)
  local w = Workers.read(poll.w.id)
  for _, session in ipairs(poll.gone) do
    if not Endings.give_up(session, w) then
      poll.broken[#poll.broken + 1] = session
    end
  end
  if w then
    Workers.write(w)
    poll.w.active = w.active
  end
end

-- Returns the slots that another poll may fill.
local function free_slots(poll)
  local free = poll.may and math.max(0, Workers.free_slots(poll.w, poll.inherited)) or 0
  if free > 0 and (org.returned ~= '0' or org.parked ~= '0') then
    local _, nacked = Workers.own_returns(poll.w.id)
    return nacked < Rules.MAX_RETURNS and free or 0
  end
  return free
end

-- Poll: renews the worker's lease, claims the best waiting work for its free slots, and offers the messages of its active
-- sessions, and jobs.
--
-- Arguments  2 worker  3 credential of the caller or ''  4 request id  5 most items  6 1 if jobs may be offered, else 0
--         7 name of the node that answers
-- Result  dialect, capabilities, projects it takes,
--         1 if work is left in order, else 0, followed by the free slots that another poll may fill,
--         number of claims,
--         session, token, accept deadline US enqueue time US project, content, for each claim,
--         session, message, time of this offer, content, for each message,
--         if there are any, a list: job, item, for each job
-- Refuses UNKNOWN_WORKER
function Functions.poll(args)
  local w, last, takes, capabilities, inherits = Workers.read(args[2], 'last', 'takes', 'capabilities', 'inherits')
  if not w or not Workers.may_act_for(w, args[3]) then
    return { org.seq, 'UNKNOWN_WORKER' }
  elseif not (last and takes and capabilities) then
    Step.damaged(w.key)
  end
  w.takes, w.capabilities = takes, capabilities
  local poll = begin(w, args, last, inherits)
  check(poll)
  handle_due()
  settle(poll)
  hand_out(poll)
  write_worker(poll, offer_jobs(poll, offer_messages(poll)))
  end_gone(poll)
  if poll.broken[1] then
    Step.note_damage(poll.broken)
  end
  local free = free_slots(poll)
  Step.commit()
  poll.reply[1] = org.seq
  poll.reply[6] = (org.ready == '0' and org.returned == '0' and '0' or '1') .. free
  return poll.reply
end
