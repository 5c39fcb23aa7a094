-- A page of the waiting work of a project.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 project  3 READY, PARKED or LATER  4 number and  5 id that the page before
--         ended with, or ''; a score has 16 digits  6 most
-- Result  seq, 'OK', sessions (lib/reply.lua), number and id that the page ends with if more follow,
--         else '', ''
--
-- USES org session order page refs position reply sessions_reply

local project, place, number, name, limit = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6] + 0
local ids, numbers, more = {}, {}, false

if place == 'LATER' then
  local list
  list, more = page_up(AREA .. 'later:' .. project, number, name, limit)
  for i = 1, #list, 2 do
    ids[#ids + 1], numbers[#numbers + 1] = list[i], list[i + 1]
  end
else
  -- Entries of the same score 0 are in the order of hand-out; several buckets are merged.
  local from = name == '' and '-' or '(' .. number .. '\31' .. name
  local keys = {}
  if place == 'PARKED' then
    keys[1] = AREA .. 'parked:' .. project
  else
    for _, set_id in ipairs(call('HVALS', AREA .. 'sets')) do
      keys[#keys + 1] = AREA .. 'ready:' .. set_id .. ':' .. project
      keys[#keys + 1] = AREA .. 'returned:' .. set_id .. ':' .. project
    end
  end
  local some = math.min(limit + 1, 100)
  local lists = {}
  local function fill(list)
    list.entries = call('ZRANGEBYLEX', list.key, list.from, '+', 'LIMIT', 0, some)
    list.at = 1
    list.from = #list.entries > 0 and '(' .. list.entries[#list.entries]
  end
  for _, key in ipairs(keys) do
    local list = { key = key, from = from }
    fill(list)
    if list.from then
      lists[#lists + 1] = list
    end
  end
  while true do
    local best
    for i = 1, #lists do
      local list = lists[i]
      if list.at > #list.entries and list.from then
        fill(list)
      end
      local entry = list.entries[list.at]
      if entry and (not best or entry_before(entry, best.entries[best.at])) then
        best = list
      end
    end
    if not best then
      break
    elseif #ids == limit then
      more = true
      break
    end
    local entry = best.entries[best.at]
    best.at = best.at + 1
    ids[#ids + 1], numbers[#numbers + 1] = sub(entry, 18), sub(entry, 1, 16)
  end
end

local position = 0
if place == 'READY' and #ids > 0 then
  local row = call('HGET', ORG, 'sets')
  live_sets, last_set = match(row or '0 0', '^(%d+) (%d+)$')
  -- Of a set that stands for none: all are counted.
  refs['0'] = 0
  position = position_of({ place = place, project = project, set = '0', score = numbers[1], id = ids[1] })
end
local list = sessions_reply(ids, function(s)
  return s.project == project
    and (s.place == place or place == 'READY' and s.place == 'RETURNED')
end, position)
return { org.seq, 'OK', list, more and numbers[#numbers] or '', more and ids[#ids] or '' }
