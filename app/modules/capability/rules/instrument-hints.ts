/** What the words of a row (its instrument, what is measured) point to: a thermometer's F is no farad. */

const WORDS = {
  thermal: /温|热电|热敏|热电阻|铂电阻|恒温|烘箱|冰箱|thermo|temp|therm|furnace|oven|chamber|bath|freez|refrig|RTD|\bPRT|pyromet|ofen/i,
  humidity: /湿|露点|hygro|humid|moist|dew\s?point|feuchte/i,
  acceleration: /加速|振动|冲击|跌落|碰撞|vibrat|accel|shock|impact|schwing|beschleunig/i,
  resistance: /电阻|兆欧|绝缘|欧姆|resist|\bohm|megger|insulation|widerstand/i,
  capacitance: /电容|capacit|\bLCR|kapazit/i,
  charge: /电荷|库仑|\bcharge|coulomb|ladung/i,
  conductivity: /电导|conductiv|leitf/i,
  force: /测力|拉力|压力机|试验机|推拉力|力传感|力值|负荷|荷重|force|load\s?cell|dynamomet|tensi|kraft|testing machine/i,
  torque: /扭|torque|drehmoment/i,
  mass: /天平|砝码|秤|衡器|地磅|质量|balance|weigh|scale|mass|waage|masse/i,
  speed: /风速|船|航速|航行|流速|wind|ship|vessel|anemom|nautic|knot/i,
  length:
    /尺|千分|百分表|量块|环规|塞规|针规|卡规|卡板|测长|长度|直径|厚度|高度规|内径|外径|length|cal+iper|micromet|\bgages?\b|ruler|tape|height|depth|diameter|bore|\bpins?\b|thread|distance|messschieber|länge/i,
  angle:
    /角|倾斜|水平仪|经纬|准直|棱体|度盘|分度|转台|angle|theodol|protractor|clinomet|autocollim|\blevels?\b|rotary|index|winkel|inclin/i,
  time: /秒表|计时|时间|时钟|日差|timer|stop\s?watch|\btime|clock|zeit|uhr\b/i,
  magnetic: /磁|特斯拉|高斯|tesla|gauss|magnet/i,
  energy: /电能|电度|energy\s?meter|watt-?hour|energie/i,
  optics: /光|激光|optic|laser|light|radiomet/i,
  viscosity: /粘度|黏度|viscos/i,
  absolute: /绝压|绝对压力|absolute\s+pressure|absolutdruck/i,
  response: /灵敏度|频率响应|频响|平坦度|幅频|幅度|幅值|sensitiv|frequency response|flatness|amplitude|empfindlichkeit/i,
  thread: /螺纹|丝锥|板牙|thread|screw|gewinde/i,
  magnification: /放大|倍率|显微|投影|magnif|microscop|projector|comparator|vergrößerung|mikroskop/i,
  pressure: /压力|压强|真空|气压|pressure|vacuum|druck|manomet|baromet/i,
} as const;
export type Hint = keyof typeof WORDS;

/** What the words of a row point to. */
export function hintsOf(words: string): ReadonlySet<Hint> {
  const hints = new Set((Object.keys(WORDS) as Hint[]).filter((hint) => WORDS[hint].test(words)));
  // A resistance thermometer measures temperatures.
  if (hints.has('thermal') && /铂电阻|热电阻|热敏电阻|resistance\s+thermo|widerstandsthermo|RTD|\bPRT/i.test(words))
    hints.delete('resistance');
  return hints;
}
