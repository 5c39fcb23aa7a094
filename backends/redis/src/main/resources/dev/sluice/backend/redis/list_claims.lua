-- A page of the claimed sessions, as little of each as tells how it fares.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 project that they are of, or '' for all  3 time and  4 id that the page before
--         ended with, or ''  5 most
-- Result  seq, 'OK', ids and lines (lib/session.lua) without their timelines, in turn, time and id that
--         the page ends with if more follow, else '', ''
--
-- Pages of a thousand are read again and again: no line is taken to pieces here.
--
-- USES org order page

local index = AREA .. 'claimed' .. (ARGV[2] ~= '' and ':' .. ARGV[2] or '')
local list, more = page_up(index, ARGV[3], ARGV[4], ARGV[5] + 0)
local keys = {}
for i = 1, #list, 2 do
  keys[#keys + 1] = AREA .. 's:' .. list[i]
end
local lines = #keys > 0 and call('MGET', unpack(keys)) or {}
local claims = {}
for i = 1, #keys do
  local line = lines[i]
  local kept = line and find(line, '\30', 1, true)
  local counts = kept and find(line, '\30', kept + 1, true)
  local timeline = counts and find(line, '\30', counts + 1, true)
  if timeline then
    claims[#claims + 1], claims[#claims + 2] = list[2 * i - 1], sub(line, 1, timeline - 1)
  end
end
return { org.seq, 'OK', claims, more and list[#list] or '', more and list[#list - 1] or '' }
