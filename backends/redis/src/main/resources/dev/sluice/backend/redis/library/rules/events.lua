-- The event log of an org: its changes, in order. Layout 7 has none.
--
--   {org}:events  list of lines, the oldest first: time US type US project US session US worker US detail. The type is the
--                 name of an EventType, and each other part may be ''
--   {org}:org, field unlogged  number of the last event that was dropped. So the event at index i of the list has the
--                 number unlogged + i + 1
--
-- A step writes its lines at its end by one command. No event undoes half a step: a damaged log loses events only.

-- A sweep reads so many lines at once.
local SOME = 100

local function key()
  return AREA .. 'events'
end

-- The log of layout 7 would have gaps, since nodes of its release add nothing.
local function is_known()
  return org.layout - 7 > 0
end

local function unlogged()
  return tonumber(Step.field('unlogged') or 0) or 0
end

-- Counts dropped events.
local function count_unlogged(by)
  Step.set_field('unlogged', format('%d', unlogged() + by))
end

-- Drops the oldest events.
local function drop(number)
  call('LTRIM', key(), number, -1)
  count_unlogged(number)
end

-- Adds a line. `subject` (behind US) and `what` make its type; the parts behind the project may be nil.
local function log(subject, what, project, session, worker, detail)
  if not logged then
    if Rules.MAX_LOGGED == 0 or not is_known() then
      return
    end
    logged = {}
  end
  logged[#logged + 1] = NOW .. subject .. what .. '\31' .. project .. '\31' .. (session or '') .. '\31' .. (worker or '')
    .. '\31' .. (detail or '')
end

-- Logs a line of the timeline of a session. A late result is told without what it says.
function Events.of_session(kind, project, id, worker, detail)
  if detail and (kind == 'LATE_RESULT' or #detail > Rules.LOGGED_DETAIL_BYTES) then
    detail = nil
  end
  log('\31SESSION_', kind, project, id, worker, detail)
end

-- Logs that a message was sent or acknowledged, by a worker or ''.
function Events.of_message(what, s, worker, id)
  log('\31MESSAGE_', what, s.project, s.id, worker, id)
end

-- Logs that a finding of a project, or of '', began or ended.
function Events.of_finding(what, project, key)
  log('\31FINDING_', what, project, '', '', key)
end

function Events.of_key(what, id)
  log('\31KEY_', what, '', '', '', id)
end

function Events.of_worker(what, id)
  log('\31WORKER_', what, '', '', id)
end

-- Notes that a retired worker has lost its last claim. It is logged behind all else that the call does.
function Events.note_departed(id)
  departed = departed or {}
  departed[#departed + 1] = id
end

function Events.tell_departed()
  for _, id in ipairs(departed or {}) do
    Events.of_worker('GONE', id)
  end
  departed = nil
end

function Events.of_queue(what, project)
  log('\31QUEUE_', what, project)
end

-- Writes what the step has logged. If there are too many events, the oldest are dropped, many at once.
function Events.write()
  local size
  for i = 1, #logged, 1000 do
    size = Step.try(call, 'RPUSH', key(), unpack(logged, i, math.min(i + 999, #logged)))
  end
  if size and size >= Rules.MAX_LOGGED + Rules.MAX_MORE_LOGGED then
    drop(size - Rules.MAX_LOGGED)
  end
end

-- Returns how many of the first of these lines are too old, or damaged.
local function number_of_old(lines)
  local number = 0
  while lines[number + 1] and (match(lines[number + 1], '^(%d+)\31') or 0) + Rules.LOGGED_MS <= now do
    number = number + 1
  end
  return number
end

-- Drops events that are too old, at most LOGGED_PAGE.
function Events.drop_old()
  if not is_known() or number_of_old({ call('LINDEX', key(), 0) or nil }) == 0 then
    return
  end
  local gone, old = 0, SOME
  while old == SOME and gone < Rules.LOGGED_PAGE do
    old = number_of_old(call('LRANGE', key(), gone, gone + SOME - 1))
    gone = gone + old
  end
  drop(gone)
end

-- Deletes all events. The numbers of later ones go on.
function Events.clear()
  local size = Step.try(call, 'LLEN', key()) or 0
  if size > 0 then
    count_unlogged(size)
  end
  call('UNLINK', key())
end

-- Returns the number of the last event that was ever written.
function Events.latest()
  return unlogged() + (Step.try(call, 'LLEN', key()) or 0)
end

-- Lets an empty log go on behind a number.
function Events.begin_behind(number)
  if is_known() and number - Events.latest() > 0 then
    Events.clear()
    Step.set_field('unlogged', number)
  end
end

-- Returns the numbers of the oldest and the latest event, and up to `limit` lines behind a number. There are none behind a
-- number that is dropped or not reached.
function Events.page(after, limit)
  Step.expect('list', key())
  local dropped = unlogged()
  local latest, lines = dropped + call('LLEN', key()), {}
  if after >= dropped and after < latest then
    local from = after - dropped
    lines = call('LRANGE', key(), from, from + limit - 1)
  end
  return dropped + 1, latest, lines
end
