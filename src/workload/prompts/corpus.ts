/**
 * The text that prompts are cut from: about 3,000 words of original English prose on everyday and technical subjects,
 * written for this project. Plain ASCII, words separated by exactly one space, no line breaks, starts and ends with a
 * whole sentence; it can be read in a circle. Changing it changes every prompt, and so the numbers of later runs.
 */
export const CORPUS: string = `
The ferry leaves the small harbor a little after six, when the water is still flat and the gulls have not yet
begun to argue over the fish crates. Most of the passengers are people who make the trip every day. They know
which bench stays dry when the wind turns north, and they know that the coffee machine near the stairs takes
coins but never gives change. A few visitors stand at the rail with their cameras and wait for the sun to rise
behind the lighthouse. The captain likes to say that the crossing takes forty minutes, whatever the schedule
claims, because the tide cannot read. On clear mornings you can see the far shore from the first minute, and
the whole trip feels like a slow step from one room of a house into the next.

A good loaf of bread needs four things and patience. The flour should be strong enough to hold the gas that the
yeast makes, the water should be lukewarm, and the salt must be weighed rather than guessed. Mix them until no
dry spots remain, then leave the dough alone for half an hour before you touch it again. During that rest the
flour drinks the water, and the kneading that follows becomes far easier. Fold the dough over itself a few times
during the first two hours. Shape it gently, let it rise once more in a basket, and bake it in a very hot oven
with a pan of steam below. The crust sings as it cools, a soft crackle that tells you the inside is done.

Every bridge is an argument with gravity, and most of the argument is settled before the first stone is laid.
An engineer starts with the loads: the weight of the deck, the traffic that will cross it, the wind that will
push against it, and the heat of summer that will make the steel grow longer. Each load follows a path down to
the ground, and each part along that path must be strong enough for its share. A beam bends, a cable pulls, an
arch pushes outward against its banks. When the path is simple the bridge tends to look simple as well, which
may be why people find some of them beautiful. The hardest part is seldom the span itself. It is the soil
beneath the supports, which nobody can see and which never reads the drawings.

When a computer stores a number it has to choose how many digits to keep. Whole numbers are easy until they grow
too large for the space they were given. Fractions are harder, because a value such as one tenth has no exact
form in binary, just as one third has none in decimal. The machine keeps the nearest value that fits and moves
on. One such error is far too small to matter, but a program may add millions of them together, and the order in
which it adds them changes the result. Careful programmers sort the terms, or carry a second number that
remembers what the first one lost. They also avoid comparing two results for perfect equality, unless they are
certain that both were made in the same way.

My grandmother kept a garden behind the house where nothing grew in straight lines. Beans climbed over the old
fence, squash wandered between the apple trees, and herbs came up wherever the wind had dropped their seeds. She
never bought fertilizer. Kitchen scraps, leaves and straw went into three wooden boxes, and after a year what
came out was dark, crumbly and smelled of rain. She said that a gardener grows soil first and vegetables second.
In dry weeks we carried water from the stream in two tin cans, and she made us pour it slowly at the roots, in
the evening, so that none of it was wasted on the sun. I still water plants that way, and I still think of the
sound those cans made when they were empty.

A waiting line looks like a simple thing until you try to predict it. Customers arrive at random moments, each
one needs a different amount of service, and the clerk works at a steady pace. As long as the clerk is busy only
half of the time, hardly anybody waits. At eighty percent the line is noticeable, and at ninety five percent it
seems never to end, although the clerk is still idle for three minutes of every hour. The reason is that idle
time cannot be saved for later. A quiet minute is lost, while a busy minute leaves work behind for the next one.
Planners who look only at averages are surprised by this again and again. The cure is to leave some slack, or to
smooth the arrivals, or to let several clerks draw from one shared line.

The night train had only two carriages, and the heating worked in one of them. By ten everybody had moved there.
A student read aloud from a book of riddles, and soon the whole carriage was guessing. What has keys but opens
no door? What gets wetter the more it dries? An old man with a violin case knew every answer and gave none of
them away; he only smiled and tapped the case. Outside, the villages went by as small clusters of yellow light,
each with its own station clock and its own sleeping dog. At the border the guard came through and asked for
tickets. When he heard the riddle about the river he sat down on the nearest suitcase and refused to leave until
he had solved it. The train was twelve minutes late, and nobody complained.

Sound travels through air at roughly three hundred and forty meters in a second, which is slow enough to notice.
Count the seconds between the lightning and the thunder, divide by three, and you have the distance of the storm
in kilometers. In water sound moves more than four times faster, and in steel faster still, because the stiffer
a material is, the more quickly one layer pushes the next. Rooms have a sound of their own. Hard walls return
almost everything that reaches them, so a tiled hall rings for seconds after a single clap, while curtains,
carpets and people soak up the energy. A concert hall is built to find the middle: enough echo to make the music
full, but not so much that the notes run together.

The village library opens three afternoons a week, in a room that used to be a bakery. The oven is still there,
behind a shelf of travel books, and on cold days children sit against its door as if it might be warm. The
collection grows by accident. People bring the novels they have finished, manuals for machines they no longer
own, and now and then a box from an attic that nobody has opened for fifty years. The librarian accepts all of
it and sorts it on Sundays. She says that the oddest books are borrowed the most. There is a guide to the repair
of pocket watches with a waiting list of seven names, although it is hard to believe that seven broken pocket
watches exist in the valley.

To measure something well, you must first know how your instrument behaves. A kitchen scale that reads three
grams when it is empty will be wrong by three grams all day, and that is the easy kind of error, because it can
be subtracted. Worse is the scale that drifts as it warms up, or the one that gives a different answer each time
you place the same weight on it. For the drift you measure a known weight now and then. For the scatter you
measure many times and look at the spread, not just at the mean. The worst error of all is the one caused by the
person holding the weight. People stop measuring when they like the number they see. Decide beforehand how many
readings you will take, write all of them down, and let the bad ones stay on the page.

The market square fills from the corners inward. First come the farmers with their vans, then the cheese makers,
then the woman who sharpens knives on a stone wheel that she turns with a pedal. By nine there is no empty spot
left, except beside the fountain, where the ground is uneven and every table wobbles. Prices are chalked on small
boards and drop toward noon. Regular buyers arrive early for the best peaches or late for the cheapest ones, but
they rarely change from one habit to the other. In autumn the square smells of roasted chestnuts, and in spring
of wet earth and cut flowers. When the bell strikes one the whole thing folds itself up again, and a single
sweeper walks behind it with a wide broom.

A compiler reads a program several times, and each time it understands a little more. On the first pass it cuts
the text into words and signs, without any idea of what they mean. On the second it groups them into expressions
and statements, much as a reader finds the verb of a long sentence. Then it asks what each name refers to and
whether the types agree. Only after all of this does it begin to translate, and even then it does not go straight
to the instructions of the machine. It uses a simpler language in between, one that is easy to rearrange, so that
work can be moved out of loops and values that never change can be computed once. Most of the cleverness of a
modern compiler lives in that middle language, where no programmer ever looks.

Rain in the mountains arrives sideways. You see it coming down the valley like a gray curtain, and you have about
ten minutes to find a roof. The shepherds use small stone huts without doors, built so long ago that grass grows
on top of them. There is a rule that whoever leaves a hut puts back as much dry wood as was burned. Nobody checks,
yet the wood is always there. We spent an afternoon in one of these huts with two shepherds and eleven wet sheep,
drank tea from a pot lid, and learned the words for eight kinds of cloud. One of them means the cloud that
pretends to leave. When it was over the whole slope steamed in the sun, and every stone shone as if somebody had
polished it.

Batteries store energy by keeping two hungry materials apart. One of them would like to give away electrons, the
other would like to take them, and the liquid between them lets charged atoms pass but not the electrons
themselves. Connect a wire from one side to the other and the electrons rush through it, doing useful work on the
way. Charging pushes everything back to where it began. In theory this could go on forever, but in practice each
cycle leaves a small mark. Thin layers grow on surfaces, crystals form where none should be, and a little of the
material no longer takes part. Heat makes all of it faster. A battery that is kept cool, and that is seldom
completely full or completely empty, will outlive its neighbor by years.

The chess club meets in the back room of a hardware store, between shelves of paint. There are nine members, five
boards, and one clock that loses a minute every hour on the left side, so players toss a coin for the right. The
youngest member is eight and plays very fast. The oldest is past eighty and has not opened with the same move
twice in one month since he retired. Between games they talk about everything except chess: the price of nails,
the new bus line, whether the river will freeze. Beginners are told only one thing. Before you touch a piece, sit
on your hands and look at the whole board once more. It is good advice in a hardware store as well, especially
near the paint.

Water finds the leak that you did not think of. A roof may be sound in every tile and still let the rain in where
the chimney passes through it, because wood and brick move differently as they warm and cool. Builders cover such
joints with thin sheets of lead or copper, bent so that every drop is led outward over the layer below. The idea
is not to make a perfect seal. Seals age and crack. The idea is to arrange the overlaps in such a way that water
would have to flow uphill to do any harm. Old houses are full of this kind of thinking: sills that slope, grooves
beneath them that make the drops fall free, doors with a small step in front. None of it needs any attention, and
that is the point.

A map is useful because of what it leaves out. If it showed every tree and every doorstep it would be as large as
the town and just as hard to read. The maker of a map decides what the reader wants to do, and drops the rest. A
hiker needs heights and streams, a driver needs junctions, a sailor needs depths and lights and does not care for
anything that lies beyond the beach. The plan of an underground railway goes further and gives up distance itself:
stations are spaced evenly, lines run straight or at one angle, and nobody gets lost because of it. There is a
danger in good maps, of course. After some time people believe that the world has the colors of the map, and they
are surprised by the hill that was never printed.

The orchestra tunes to a single note, which the oboe gives because its pitch is hard to bend. One by one the
others join until the hall is filled with a wide, plain chord. For the musicians it is mere routine, but for many
in the audience it is the moment when the evening begins. A rehearsal sounds different. There the music comes in
pieces, eight bars here and three bars there, with long talks about who should breathe where. A conductor spends
most of the time asking people to play more softly, since it is the only way to let the important voice be heard.
The concert itself holds few surprises for those on the stage. They have met all of the difficulties before, one
at a time, in daylight, with their coats still on.

Networks of computers break in dull ways. A cable is pulled by a cleaner, a disk fills up with old messages, or a
certificate expires during a holiday. Each part was tested alone and worked, and yet the whole stops, because
nobody had tested what the parts do while another part is slow. A server that is dead gives a clear answer: no
answer. A server that is merely slow is far more harmful, because every caller waits for it and keeps its own
resources tied up while waiting. Soon the callers are slow too. Engineers protect themselves with deadlines, with
limits on how many requests may wait, and with the habit of giving up early and saying so. It sounds unfriendly,
but a quick refusal is often the kindest reply that a busy system can give.

For the winter fair the school built a clock from cardboard, string and a bucket of sand. The sand ran out through
a hole at the bottom, the bucket grew lighter, and a counterweight pulled the single hand around a painted face. On
the first day it finished an hour in nineteen minutes. The children tried finer sand, a smaller hole and a heavier
weight, and wrote every trial on the blackboard. By the end of the week it was right to within two minutes, unless
somebody slammed the door. A visitor asked why they had not simply used a motor. The smallest girl explained that
a motor would have told them the time, but it would not have told them anything else.

Trees share a forest without making a plan. The tall ones take the light, the low ones live on what slips through,
and the ground below is held by threads of fungus that trade minerals for sugar. When an old tree falls the gap is
filled within a few summers. Seedlings that have waited for years, hardly taller than a boot, suddenly race upward,
and only one or two of them win. The fallen trunk is not wasted either. Beetles open it, moss covers it, and birds
search it for food; a century later there is a long soft ridge where the next row of young trees stands in a line,
as if someone had planted them with a string.

Good instructions are written by somebody who has watched a beginner fail. The expert leaves out the step that
hands have learned to do alone, and that is exactly the step where the newcomer gets stuck. So the best method is
to sit beside a person who has never done it, to say nothing, and to take notes. Where do the eyes go? Which word
makes them stop? What do they try first, and why was it sensible to try it? Afterward most of the text turns out to
be unnecessary, and one sentence is missing. Add that sentence at the place where it is needed, not in a preface
that nobody reads. Then find another beginner, because the first one knows too much now.

The last bus of the evening belongs to cooks, nurses and people who missed the one before it. Nobody talks much. A
radio beside the driver plays old dance songs at low volume, and the windows show more of the inside than of the
street. At the hospital stop the doors stay open a little longer, in case someone is running. The driver knows most
of the passengers by the places where they get off, and when one of them has fallen asleep he calls out the name of
the street, twice, without turning around. On the way back to the depot the bus is empty. He turns up the radio, and
for eleven stops he sings, a bit flat, with all the lights on.

Keeping a diary of small repairs turned out to be the most useful habit of the year. Each entry has a date, what
was broken, what was tried, and what finally worked. The pump in the cellar stopped twice, once because of a stone
and once because of a loose wire, and the second time the notes saved an entire Saturday. Patterns appear when you
read a whole season at once. Things fail after storms, after visitors, and above all after other repairs. It is
tempting to record only the success, but the attempts that led nowhere are worth more, since those are the ones that
would be made again. The diary is now in its third volume, and the pump, at last, has a filter.
`
  .trim()
  .replace(/\s+/g, ' ')
