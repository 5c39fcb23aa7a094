-- The queue of a project as an answer: name, counts by place, most claimed or '', budget or '', what
-- it has spent, what is said of its pause or '', end of the pause, enqueue time of its oldest work
-- or 0. lib/project.lua has the layout.
local function queue_reply(p)
  local pause = p.pause ~= '-' and (call('HGET', ORG, 'pause:' .. p.name) or damaged(ORG))
  local over = p.budget and p.spent >= p.budget
  return {
    p.name, p.ready, p.parked, p.later, p.returned, p.claimed, p.dead,
    p.max and format('%d', p.max) or '', p.budget and p.budget_text or '',
    format('%d', p.budget and (over or p.day == today()) and p.spent or 0),
    pause or '', pause and p.pause or '', format('%d', oldest_of(p)) }
end
