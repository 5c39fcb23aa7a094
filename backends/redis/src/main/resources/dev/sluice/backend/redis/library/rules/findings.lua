-- The findings of an org, and the notices of their begins and ends. Layout 7 has none.
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

-- True if the layout of the org has findings.
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

-- Returns a finding that begins to stand with this step. `seen`: what a node saw; `till`: until when it stands unseen.
function Findings.begin(seen, till)
  return { kind = seen.kind, subject = seen.subject, project = seen.project, began = NOW, seen = till, told = '0',
    owner = '', owned = '0', muted = '0', muter = '', words = seen.words, reason = '' }
end

function Findings.parse_notice(line)
  local n = {}
  n.begin, n.at, n.tries, n.due, n.key, n.finding =
    match(line, '^([01])\31(%d+)\31(%d+)\31(%d+)\31([^\31]+)\31(.*)$')
  return n.begin and n or Step.damaged(Findings.notices_key())
end

function Findings.notice_line(n)
  return table.concat({ n.begin, n.at, n.tries, n.due, n.key, n.finding }, '\31')
end

function Findings.sorted_keys(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

-- Returns the names and values of one of these hashes.
function Findings.read_hash(key)
  Step.expect('hash', key)
  return Pages.map_of(call('HGETALL', key))
end
