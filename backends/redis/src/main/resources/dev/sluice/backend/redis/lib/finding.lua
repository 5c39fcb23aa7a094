-- The findings of an org. Layout 7 has none.
--
--   {org}:findings  hash: key -> kind US subject US project US began or 0 US seen until US told (0, 1) US owner US
--                   owned at US muted until or 0 US muted by US words US reason
--   {org}:notices   hash: id -> begin (0, 1) US at US tries US due US key US finding

local FINDINGS, NOTICES = AREA .. 'findings', AREA .. 'notices'

local has_findings = org.layout - 7 > 0

local FINDING_LINE = '^' .. string.rep('([^\31]*)\31', 11) .. '(.*)$'

local function finding_of(line)
  local f = {}
  f.kind, f.subject, f.project, f.began, f.seen, f.told, f.owner, f.owned, f.muted, f.muter, f.words, f.reason =
    match(line, FINDING_LINE)
  if not f.reason or not match(f.began .. ' ' .. f.seen .. ' ' .. f.muted, '^%d+ %d+ %d+$') then
    damaged(FINDINGS)
  end
  return f
end

local function finding_line(f)
  return table.concat({ f.kind, f.subject, f.project, f.began, f.seen, f.told, f.owner, f.owned, f.muted, f.muter,
    f.words, f.reason }, '\31')
end

local function sorted_keys(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

-- Names and values of a hash.
local function read_hash(key)
  expect('hash', key)
  local flat, map = call('HGETALL', key), {}
  for i = 1, #flat, 2 do
    map[flat[i]] = flat[i + 1]
  end
  return map
end
