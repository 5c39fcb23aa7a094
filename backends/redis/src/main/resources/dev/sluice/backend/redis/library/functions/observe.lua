-- An observation:
--   seen_ms, till    how long a finding stands unseen, and until when one stands that is seen now
--   telling          nodes tell of begins; of ends they tell if they told of the begin
--   outage_end       end of the last outage
--   kept             number of stored findings
--   notices, told    ids of the stored notices, the oldest first, and how many this step adds
--   changes, moved   true if it changed a finding, and if one began or ended

local function begin(args)
  local seen_ms = args[2] + 0
  return {
    seen_ms = seen_ms, till = format('%d', now + seen_ms), telling = args[3] == '1',
    outage_end = Expiry.read_sweep() + 0, kept = 0, told = 0, changes = false, moved = false,
    notices = Findings.sorted_keys(Findings.read_hash(Findings.notices_key())),
  }
end

-- Adds a notice. `begins`: '1' for the begin of a finding, '0' for its end.
local function tell(o, key, f, begins)
  if #o.notices >= Rules.MAX_NOTICES then
    call('HDEL', Findings.notices_key(), table.remove(o.notices, 1))
  end
  local id = format('%015d-%03d', org.seq + 1, o.told)
  o.told = o.told + 1
  o.notices[#o.notices + 1] = id
  call('HSET', Findings.notices_key(), id, Findings.notice_line({
    begin = begins, at = NOW, tries = '0', due = NOW, key = key, finding = Findings.line(f) }))
end

-- Stores what became of a finding. `before`: its line, or ''; `stood`: the finding as it stood before, or nil.
local function store(o, key, f, before, stood)
  local stands, muted = f.began ~= '0', f.muted - now > 0
  if stands ~= (stood ~= nil) then
    o.moved = true
    Events.of_finding(stands and 'BEGAN' or 'ENDED', f.project, key)
  end
  if (o.telling or f.told == '1') and not muted and (f.told == '1') ~= stands then
    f.told = stands and '1' or '0'
    tell(o, key, stood or f, f.told)
  end
  if not stands and not muted then
    call('HDEL', Findings.key(), key)
    o.changes, o.kept = true, o.kept - 1
  elseif Findings.line(f) ~= before then
    call('HSET', Findings.key(), key, Findings.line(f))
    o.changes = true
  end
end

-- Updates a stored finding. `seen`: what a node saw of it now, or nil.
local function update(o, key, f, seen)
  local before = Findings.line(f)
  local stood = f.began ~= '0' and Findings.parse(before) or nil
  if seen and not stood then
    f.began, f.project, f.words, f.seen = NOW, seen.project, seen.words, o.till
  elseif seen and (f.seen - now) * 2 < o.seen_ms then
    f.words, f.seen = seen.words, o.till
  elseif not seen and stood and f.seen - now <= 0 and o.outage_end + o.seen_ms <= now then
    f.began, f.owner, f.owned, f.reason = '0', '', '0', ''
  end
  store(o, key, f, before, stood)
end

-- Records the findings that a node sees.
--
-- Arguments  2 ms for which they stand unseen  3 1 if begins are told, else 0; ends of told ones are
--            4 ... key, kind, subject, project, words of each
-- Result  1 if one began or ended, else 0
function Functions.observe(args)
  if not Findings.known() then
    return { org.seq, 'OK', 0 }
  end
  local known, seen = {}, {}
  for key, line in pairs(Findings.read_hash(Findings.key())) do
    known[key] = Findings.parse(line)
  end
  for i = 4, #args, 5 do
    seen[args[i]] = { kind = args[i + 1], subject = args[i + 2], project = args[i + 3], words = args[i + 4] }
  end
  local o, keys = begin(args), Findings.sorted_keys(known)
  o.kept = #keys
  for _, key in ipairs(keys) do
    update(o, key, known[key], seen[key])
    seen[key] = nil
  end
  for _, key in ipairs(Findings.sorted_keys(seen)) do
    if o.kept < Rules.MAX_FINDINGS then
      o.kept = o.kept + 1
      store(o, key, Findings.begin(seen[key], o.till), '', nil)
    end
  end
  if o.changes then
    Step.commit()
  end
  return { org.seq, 'OK', o.moved and 1 or 0 }
end
