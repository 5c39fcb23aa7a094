-- The findings of an org. Layout 7 has none.
--
--   {org}:findings  hash: key -> kind US subject US project US began or 0 US seen until US told (0, 1) US owner US
--                   owned at US muted until or 0 US muted by US words US reason
--   {org}:notices   hash: id -> begin (0, 1) US at US tries US due US key US finding

function Findings.key()
  return AREA .. 'findings'
end

function Findings.notices_key()
  return AREA .. 'notices'
end

function Findings.known()
  return org.layout - 7 > 0
end

local FIELD = '([^\31]*)\31'
local THREE = FIELD .. FIELD .. FIELD
local FINDING_LINE = '^' .. THREE .. THREE .. THREE .. FIELD .. FIELD .. '(.*)$'

function Findings.parse(line)
  local f = {}
  f.kind, f.subject, f.project, f.began, f.seen, f.told, f.owner, f.owned, f.muted, f.muter, f.words, f.reason =
    match(line, FINDING_LINE)
  if not f.reason or not match(f.began .. ' ' .. f.seen .. ' ' .. f.muted, '^%d+ %d+ %d+$') then
    Step.damaged(Findings.key())
  end
  return f
end

function Findings.line(f)
  return table.concat({ f.kind, f.subject, f.project, f.began, f.seen, f.told, f.owner, f.owned, f.muted, f.muter,
    f.words, f.reason }, '\31')
end

function Findings.sorted_keys(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

-- Names and values of a hash.
function Findings.read_hash(key)
  Step.expect('hash', key)
  local flat, map = call('HGETALL', key), {}
  for i = 1, #flat, 2 do
    map[flat[i]] = flat[i + 1]
  end
  return map
end
