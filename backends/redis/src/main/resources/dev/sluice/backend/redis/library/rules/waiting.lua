-- Lists of the waiting work of a project, and positions in it.

-- Returns the number of waiting sessions of an org or of a queue.
function Waiting.number_of(counts)
  return counts.ready + counts.parked + counts.later + counts.returned
end

-- True if the org may have no more waiting work.
function Waiting.is_full()
  return Rules.MAX_WAITING > 0 and Waiting.number_of(org) >= Rules.MAX_WAITING
end

-- Returns the 1-based position of ready or returned work in its project; 0 beyond EXACT_POSITION and in other places.
function Waiting.position_of(s)
  if s.place ~= 'READY' and s.place ~= 'RETURNED' then
    return 0
  end
  local up_to, ahead = '(' .. s.score .. '\31' .. s.id, 0
  for _, bucket in ipairs(Waiting.buckets_of(s.project, 'ready', org.returned ~= '0' and 'returned' or nil)) do
    -- pcall: this may be called after writes. A bucket of another type holds no work.
    local n = redis.pcall('ZLEXCOUNT', bucket, '-', up_to)
    ahead = ahead + (type(n) == 'number' and n or 0)
    if ahead >= Rules.EXACT_POSITION then
      return 0
    end
  end
  return ahead + 1
end

-- Returns a session for an answer, with its position. `fields`: those read before the first write; nil to read them.
function Waiting.reply(s, fields)
  return Sessions.reply(s, fields or Sessions.fields_of(s), Waiting.position_of(s))
end

-- Returns the keys of the buckets of a project. The kinds are `ready` and `returned`.
function Waiting.buckets_of(project, ...)
  local keys, kinds = {}, { ... }
  for _, set_id in ipairs((Sets.of_project(project))) do
    for _, kind in ipairs(kinds) do
      keys[#keys + 1] = AREA .. kind .. ':' .. set_id .. ':' .. project
    end
  end
  return keys
end

-- Takes the first entry of all lists, or returns nil at their end. `number`: how many entries of a list are read at
-- once.
local function take_first(lists, number)
  local best, best_entry
  for _, list in ipairs(lists) do
    if list.at > #list.entries and list.from then
      list.entries, list.at = call('ZRANGEBYLEX', list.key, list.from, '+', 'LIMIT', 0, number), 1
      list.from = list.entries[1] and '(' .. list.entries[#list.entries]
    end
    local entry = list.entries[list.at]
    if entry and (not best or Pages.entry_before(entry, best_entry)) then
      best, best_entry = list, entry
    end
  end
  if best then
    best.at = best.at + 1
  end
  return best_entry
end

-- Merges sets of entries into a page: ids, scores of 16 digits, and true if more follow.
local function page_of_entries(keys, number, name, limit)
  local lists, ids, scores = {}, {}, {}
  local at_once, from = math.min(limit + 1, 100), name == '' and '-' or '(' .. number .. '\31' .. name
  for i, key in ipairs(keys) do
    lists[i] = { key = key, from = from, entries = {}, at = 1 }
  end
  local entry = take_first(lists, at_once)
  while entry and #ids < limit do
    ids[#ids + 1], scores[#scores + 1] = sub(entry, 18), sub(entry, 1, 16)
    entry = take_first(lists, at_once)
  end
  return ids, scores, entry ~= nil
end

-- Returns a page of the work in a place after (number, name): ids, numbers of their order, and true if more follow.
-- READY includes returned work.
local function page_of(project, place, number, name, limit)
  if place == 'LATER' then
    local list, more = Pages.up(AREA .. 'later:' .. project, number, name, limit)
    local ids, times = {}, {}
    for i = 1, #list, 2 do
      ids[#ids + 1], times[#times + 1] = list[i], list[i + 1]
    end
    return ids, times, more
  end
  local keys = place == 'PARKED' and { AREA .. 'parked:' .. project }
    or place == 'READY' and Waiting.buckets_of(project, 'ready', 'returned') or Waiting.buckets_of(project, 'returned')
  return page_of_entries(keys, number, name, limit)
end

-- Answers a page of waiting work: an `entry(s, reply)` for each session that `read` reads; then number and id of the
-- last one if more follow, else '', ''. `args`: those of functions/list_work.lua.
function Waiting.answer(args, read, entry)
  local project, place, number, name, limit = unpack(args, 2, 6)
  local ids, numbers, more = page_of(project, place, number, name, limit + 0)
  local first = place == 'READY' and ids[1]
    and Waiting.position_of({ place = place, project = project, score = numbers[1], id = ids[1] }) or 0
  local list, last = Sessions.fill_page(ids, 1, more, function(id, i)
    local s = read(id)
    if not s or s.project ~= project or s.place ~= place and (place ~= 'READY' or s.place ~= 'RETURNED') then
      return nil
    end
    local position = first > 0 and first + i - 1 or 0
    if place == 'RETURNED' then
      position = Waiting.position_of(s)
    elseif position > Rules.EXACT_POSITION then
      position = 0
    end
    local reply = Sessions.reply(s, Sessions.fields_of(s), position)
    return reply, entry(s, reply)
  end)
  return { org.seq, 'OK', list, last and numbers[last] or '', last and ids[last] or '' }
end

-- Returns the session that parked work waits for, '' for other work; and 1 if it is claimed, else 0. In layout 7 it may
-- be of another project; then it is ''.
function Waiting.first_of_issue(s)
  if s.place ~= 'PARKED' then
    return '', 0
  end
  local key, first = Issues.lock_of(call, s.issue, s.project, '0')
  local id = first[1] and sub(first[1], 18) or ''
  if id ~= '' and key == AREA .. 'i:' .. s.issue then
    local other = Sessions.read(id)
    id = other and other.project == s.project and id or ''
  end
  return id, first[2] == '-1' and 1 or 0
end
