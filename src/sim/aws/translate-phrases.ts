// The sentences the simulated translator knows both ways; the first wording of a language is the one it writes.
// Each `{}` is a protected part or a name or number in Latin letters, in the same order in every language.

import { labels, type Phrase } from './translate-labels.ts';

export const phrases: readonly Phrase[] = [
  [
    'scale {} to {}',
    {
      th: ['ปรับขนาด {} เป็น {}', 'เพิ่ม {} เป็น {}', 'ขยาย {} เป็น {}', 'scale {} เป็น {}'],
      vi: ['mở rộng {} lên {}', 'tăng {} lên {}', 'đặt {} thành {}', 'scale {} lên {}'],
      pt: ['escale {} para {}', 'aumente {} para {}', 'aumente o {} para {}'],
      id: ['skalakan {} menjadi {}', 'naikkan {} menjadi {}'],
      it: ['scala {} a {}', 'porta {} a {}'],
    },
  ],
  [
    'scale {} to min {} max {}',
    {
      th: ['ปรับ {} ต่ำสุด {} สูงสุด {}', 'ปรับขนาด {} ขั้นต่ำ {} สูงสุด {}', 'ปรับขนาด {} เป็นต่ำสุด {} สูงสุด {}'],
      vi: ['đặt {} tối thiểu {} tối đa {}', 'mở rộng {} tối thiểu {} tối đa {}'],
      pt: ['escale {} para no mínimo {} e no máximo {}', 'defina {} com mínimo {} e máximo {}'],
      id: ['skalakan {} minimal {} maksimal {}'],
      it: ['scala {} a minimo {} e massimo {}'],
    },
  ],
  [
    'deploy {} to {}',
    {
      th: ['ดีพลอย {} ไปที่ {}', 'ปล่อย {} ไปที่ {}', 'deploy {} ไปที่ {}', 'ดีพลอย {} ไปยัง {}'],
      vi: ['triển khai {} lên {}', 'deploy {} lên {}', 'triển khai {} cho {}'],
      pt: ['implante {} em {}', 'faça deploy de {} em {}', 'publique {} em {}'],
      id: ['deploy {} ke {}', 'rilis {} ke {}'],
      it: ['distribuisci {} su {}', 'fai il deploy di {} su {}'],
    },
  ],
  [
    'do not deploy {} to {}',
    {
      th: ['อย่าดีพลอย {} ไปที่ {}', 'ห้ามดีพลอย {} ไปที่ {}', 'อย่า deploy {} ไปที่ {}', 'อย่าปล่อย {} ไปที่ {}'],
      vi: ['đừng triển khai {} lên {}', 'đừng deploy {} lên {}', 'không triển khai {} lên {}'],
      pt: ['não implante {} em {}', 'não faça deploy de {} em {}'],
      id: ['jangan deploy {} ke {}', 'jangan rilis {} ke {}'],
      it: ['non distribuire {} su {}'],
    },
  ],
  [
    'do not deploy {}',
    {
      th: ['อย่าดีพลอย {}', 'ห้ามดีพลอย {}', 'อย่า deploy {}'],
      vi: ['đừng triển khai {}', 'đừng deploy {}'],
      pt: ['não implante {}', 'não faça deploy de {}'],
      id: ['jangan deploy {}'],
      it: ['non distribuire {}'],
    },
  ],
  [
    'do not deploy',
    {
      th: ['อย่าดีพลอย', 'ห้ามดีพลอย'],
      vi: ['đừng triển khai'],
      pt: ['não implante'],
      id: ['jangan deploy'],
      it: ['non distribuire'],
    },
  ],
  [
    'should we deploy {} to {}?',
    {
      th: ['เราควรดีพลอย {} ไปที่ {} ไหม', 'ควร deploy {} ไปที่ {} ไหม'],
      vi: ['chúng ta có nên triển khai {} lên {} không', 'có nên deploy {} lên {} không'],
      pt: ['devemos implantar {} em {}?'],
      id: ['haruskah kita deploy {} ke {}?'],
      it: ['dovremmo distribuire {} su {}?'],
    },
  ],
  [
    'roll back {}',
    {
      th: ['ย้อนกลับ {}', 'โรลแบ็ค {}', 'โรลแบ็ก {}', 'rollback {}'],
      vi: ['khôi phục {}', 'hoàn tác {}', 'rollback {}', 'quay lại phiên bản trước của {}'],
      pt: ['reverta {}', 'reverta o {}', 'faça rollback de {}'],
      id: ['kembalikan {}', 'rollback {}'],
      it: ['ripristina {}', 'fai il rollback di {}'],
    },
  ],
  [
    'do not roll back {}',
    {
      th: ['อย่าย้อนกลับ {}', 'ห้ามย้อนกลับ {}', 'อย่าโรลแบ็ค {}'],
      vi: ['đừng khôi phục {}', 'đừng rollback {}', 'đừng hoàn tác {}'],
      pt: ['não reverta {}', 'não reverta o {}'],
      id: ['jangan kembalikan {}'],
      it: ['non ripristinare {}'],
    },
  ],
  [
    'should we roll back {}?',
    {
      th: ['เราควรย้อนกลับ {} ไหม', 'ควรย้อนกลับ {} ไหม', 'ควรโรลแบ็ค {} ไหม'],
      vi: ['chúng ta có nên khôi phục {} không', 'có nên rollback {} không'],
      pt: ['devemos reverter {}?', 'devemos reverter o {}?'],
      id: ['haruskah kita mengembalikan {}?'],
      it: ['dovremmo ripristinare {}?'],
    },
  ],
  [
    'do not scale {}',
    {
      th: ['อย่าปรับขนาด {}', 'อย่าขยาย {}'],
      vi: ['đừng mở rộng {}', 'đừng tăng {}'],
      pt: ['não escale {}'],
      id: ['jangan skalakan {}'],
      it: ['non scalare {}'],
    },
  ],
  [
    'status of {}',
    {
      th: ['สถานะของ {}', 'สถานะ {}', 'ขอสถานะ {}', 'ดูสถานะ {}', '{} เป็นอย่างไร', '{} เป็นอย่างไรบ้าง', '{} เป็นไงบ้าง'],
      vi: ['trạng thái của {}', 'trạng thái {}', 'tình trạng {}', 'tình trạng của {}', '{} thế nào rồi', '{} thế nào'],
      pt: ['status de {}', 'status do {}', 'estado de {}', 'como está {}?', 'como está o {}?', 'como está {}'],
      id: ['status {}', 'bagaimana status {}?', 'bagaimana {}?'],
      it: ['stato di {}', 'come sta {}?'],
    },
  ],
  [
    'what is unhealthy',
    {
      th: ['อะไรไม่ปกติ', 'อะไรมีปัญหาบ้าง', 'มีอะไรไม่ปกติบ้าง', 'มีอะไรพังบ้าง', 'มีอะไรผิดปกติไหม'],
      vi: ['cái gì đang lỗi', 'dịch vụ nào đang lỗi', 'có gì bất thường không', 'cái gì không khỏe'],
      pt: ['o que não está saudável', 'o que está com problema', 'o que está quebrado'],
      id: ['apa yang tidak sehat', 'apa yang bermasalah'],
      it: ['cosa non funziona', 'cosa non va'],
    },
  ],
  [
    'is {} ok?',
    {
      th: ['{} ปกติไหม', '{} โอเคไหม'],
      vi: ['{} có ổn không'],
      pt: ['{} está bem?'],
      id: ['apakah {} baik-baik saja?'],
      it: ['{} va bene?'],
    },
  ],
  [
    'why is {} down?',
    {
      th: ['ทำไม {} ล่ม', 'ทำไม {} ถึงล่ม'],
      vi: ['tại sao {} bị sập', 'sao {} sập'],
      pt: ['por que {} caiu?'],
      id: ['kenapa {} mati?'],
      it: ['perché {} è giù?'],
    },
  ],
  [
    'restart {}',
    {
      th: ['รีสตาร์ท {}', 'รีสตาร์ต {}', 'เริ่มใหม่ {}'],
      vi: ['khởi động lại {}'],
      pt: ['reinicie {}', 'reinicie o {}'],
      id: ['mulai ulang {}'],
      it: ['riavvia {}'],
    },
  ],
  [
    'which version is running on {}',
    {
      th: ['{} ใช้เวอร์ชันอะไร', 'เวอร์ชันอะไรรันอยู่บน {}'],
      vi: ['{} đang chạy phiên bản nào'],
      pt: ['qual versão está rodando em {}?', 'qual versão está em {}?'],
      id: ['versi apa yang berjalan di {}?'],
      it: ['quale versione gira su {}?'],
    },
  ],
  [
    'which versions can I deploy to {}',
    {
      th: ['ดีพลอยเวอร์ชันไหนไปที่ {} ได้บ้าง'],
      vi: ['có thể triển khai phiên bản nào lên {}'],
      pt: ['quais versões posso implantar em {}?'],
      id: ['versi apa saja untuk {}?'],
      it: ['quali versioni posso distribuire su {}?'],
    },
  ],
  [
    'show history of {}',
    {
      th: ['แสดงประวัติของ {}', 'ประวัติ {}'],
      vi: ['xem lịch sử của {}', 'lịch sử {}'],
      pt: ['mostre o histórico de {}'],
      id: ['tampilkan riwayat {}'],
      it: ['mostra la cronologia di {}'],
    },
  ],
  [
    'abort the deployment of {}',
    {
      th: ['หยุดการดีพลอย {}', 'ยกเลิกการดีพลอย {}'],
      vi: ['dừng triển khai {}', 'hủy triển khai {}'],
      pt: ['aborte a implantação de {}'],
      id: ['hentikan deploy {}'],
      it: ['interrompi la distribuzione di {}'],
    },
  ],
  ...labels,
];

/** Words put in front or behind out of politeness. */
export const courtesy: Record<string, { before: string; after: string }> = {
  th: { before: 'ช่วย|กรุณา|โปรด', after: 'ครับ|ค่ะ|คะ|นะ|หน่อย|ด้วย|ให้' },
  vi: { before: 'hãy|làm ơn|vui lòng', after: 'nhé|đi|ạ|giúp tôi|giúp|với' },
  pt: { before: 'por favor,?', after: ',?\\s*por favor' },
  id: { before: 'tolong', after: 'ya' },
  it: { before: 'per favore,?', after: ',?\\s*per favore' },
  en: { before: 'please', after: ',?\\s*please' },
};

/** Words in sentences that are not known as a whole; each is translated where it stands. */
export const glossary: Record<string, Record<string, string>> = {
  th: {
    อย่า: 'do not',
    ห้าม: 'do not',
    ไหม: '?',
    ดีพลอย: 'deploy',
    ย้อนกลับ: 'roll back',
    ปรับขนาด: 'scale',
    สถานะ: 'status',
    เมื่อวาน: 'yesterday',
    ควร: 'should',
  },
  vi: {
    đừng: 'do not',
    không: 'not',
    'triển khai': 'deploy',
    'khôi phục': 'roll back',
    'mở rộng': 'scale',
    'trạng thái': 'status',
    'hôm qua': 'yesterday',
    nên: 'should',
  },
  pt: {
    não: 'do not',
    implante: 'deploy',
    implantar: 'deploy',
    reverta: 'roll back',
    escale: 'scale',
    estado: 'status',
    ontem: 'yesterday',
    devemos: 'should we',
  },
  id: { jangan: 'do not', kembalikan: 'roll back', skalakan: 'scale', kemarin: 'yesterday', haruskah: 'should' },
  it: {
    non: 'do not',
    distribuisci: 'deploy',
    ripristina: 'roll back',
    scala: 'scale',
    stato: 'status',
    ieri: 'yesterday',
    dovremmo: 'should we',
  },
};
