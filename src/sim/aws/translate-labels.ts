// Short sentences and the words of buttons the simulated translator knows.

/** English, then per language what means the same. */
export type Phrase = [english: string, wordings: Record<string, readonly string[]>];

export const labels: readonly Phrase[] = [
  ['speak {}', { th: ['พูด {}'], vi: ['nói {}'], pt: ['fale {}'], id: ['bicara {}'], it: ['parla {}'] }],
  ['speak thai', { th: ['พูดภาษาไทย', 'ตอบเป็นภาษาไทย'] }],
  ['speak vietnamese', { vi: ['nói tiếng việt', 'trả lời bằng tiếng việt'] }],
  [
    'speak english',
    {
      th: ['พูดภาษาอังกฤษ', 'ตอบเป็นภาษาอังกฤษ'],
      vi: ['nói tiếng anh', 'trả lời bằng tiếng anh'],
      pt: ['fale inglês'],
      id: ['bicara bahasa inggris'],
      it: ['parla inglese'],
    },
  ],
  [
    'answer me in my own language',
    {
      th: ['ตอบเป็นภาษาของฉัน'],
      vi: ['trả lời bằng ngôn ngữ của tôi'],
      pt: ['responda no meu idioma'],
      id: ['jawab dalam bahasa saya'],
      it: ['rispondi nella mia lingua'],
    },
  ],
  ['help', { th: ['ช่วยเหลือ', 'ช่วยด้วย'], vi: ['trợ giúp'], pt: ['ajuda'], id: ['bantuan'], it: ['aiuto'] }],
  [
    'what can you do',
    {
      th: ['ทำอะไรได้บ้าง', 'คุณทำอะไรได้บ้าง'],
      vi: ['bạn làm được gì', 'bạn có thể làm gì'],
      pt: ['o que você sabe fazer', 'o que você pode fazer'],
      id: ['kamu bisa apa'],
      it: ['cosa sai fare'],
    },
  ],
  ['yes', { th: ['ใช่', 'ตกลง'], vi: ['có', 'vâng', 'đồng ý'], pt: ['sim'], id: ['ya'], it: ['sì'] }],
  ['no', { th: ['ไม่', 'ไม่ใช่'], vi: ['không'], pt: ['não'], id: ['tidak'], it: ['no'] }],
  ['confirm', { th: ['ยืนยัน'], vi: ['Xác nhận'], pt: ['Confirmar', 'confirme'], id: ['Konfirmasi'], it: ['Conferma'] }],
  ['cancel', { th: ['ยกเลิก'], vi: ['Hủy', 'hủy bỏ'], pt: ['Cancelar', 'cancele'], id: ['Batal'], it: ['Annulla'] }],
  ['hello', { th: ['สวัสดี'], vi: ['xin chào', 'chào'], pt: ['olá', 'oi'], id: ['halo'], it: ['ciao'] }],
  ['thank you', { th: ['ขอบคุณ'], vi: ['cảm ơn'], pt: ['obrigado', 'obrigada'], id: ['terima kasih'], it: ['grazie'] }],
  ['approve', { th: ['อนุมัติ'], vi: ['Phê duyệt'], pt: ['Aprovar'], id: ['Setujui'], it: ['Approva'] }],
  ['reject', { th: ['ปฏิเสธ'], vi: ['Từ chối'], pt: ['Rejeitar'], id: ['Tolak'], it: ['Rifiuta'] }],
  ['status', { th: ['สถานะ'], vi: ['Trạng thái'], pt: ['Status'], id: ['Status'], it: ['Stato'] }],
  ['deploy', { th: ['ดีพลอย'], vi: ['Triển khai'], pt: ['Implantar'], id: ['Deploy'], it: ['Distribuisci'] }],
  ['scale', { th: ['ปรับขนาด'], vi: ['Mở rộng'], pt: ['Escalar'], id: ['Skalakan'], it: ['Scala'] }],
  ['roll back', { th: ['ย้อนกลับ'], vi: ['Khôi phục'], pt: ['Reverter'], id: ['Kembalikan'], it: ['Ripristina'] }],
  ['version', { th: ['เวอร์ชัน'], vi: ['Phiên bản'], pt: ['Versão'], id: ['Versi'], it: ['Versione'] }],
  ['healthy', { th: ['ปกติ'], vi: ['Khỏe mạnh'], pt: ['Saudável'], id: ['Sehat'], it: ['Integro'] }],
  ['unhealthy', { th: ['ผิดปกติ'], vi: ['Không khỏe'], pt: ['Não saudável'], id: ['Tidak sehat'], it: ['Non integro'] }],
  [
    '{} is healthy',
    { th: ['{} ปกติดี'], vi: ['{} đang khỏe mạnh'], pt: ['{} está saudável'], id: ['{} sehat'], it: ['{} è integro'] },
  ],
];
