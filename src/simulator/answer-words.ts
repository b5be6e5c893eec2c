/** Words of the simulated answers: common, lower-case, ASCII, and one token each when a space stands before them. */
export const ANSWER_WORDS: readonly string[] = `
the and that with this from they have were been their which when there about would these other into could
only time some then first also made over such after many must before through back years where much your way
well down should because each just those people how too little state good very make world still own see men
work long get here between both life being under never day same another know while last might us great old
year off come since against go came right used take three himself few house use during without again place
around however home small found thought went say part once general high upon school every does got united
left number course until always away something fact water less public put think almost hand enough far
took head yet government system better set told nothing night end why called find going look asked later
point knew next city business case group toward young days let room word others side social present given
several order national second possible rather per face among form important often things looked early white
large big need four within felt along children saw best ever least power development light thing
family interest want members mind country area done turned although open service problem certain kind
different began door help sense means whole matter perhaps itself times law human line above name
example action company hands local show five history whether gave either today act feet across taken quite
anything seen having experience body half week really field car words already themselves information
`
  .trim()
  .split(/\s+/)
