import { understand } from './query/understand';
const moment={now:new Date('2026-11-25T08:30:00.000Z'),timeZone:'Europe/Kyiv'};
for (const t of process.argv.slice(2)) { const u=understand(t,moment); console.log(t,'=>',JSON.stringify(u.query).replace(/T2[12]:00:00.000Z/g,''),u.chips.map(c=>`[${c.said}] ${c.operator}`).join('; '), u.notUnderstood.map(n=>`!!${n.said}: ${n.reason}`).join('; ')); }
