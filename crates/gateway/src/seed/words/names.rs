//! People of many countries. Names are written as their bearers would write them.

use super::super::dice::Dice;

/// Given names and family names that go together, between spaces.
pub struct Culture {
    family_first: bool,
    given: &'static str,
    family: &'static str,
}

pub struct Name {
    pub full: String,
    pub given: &'static str,
    pub family: &'static str,
}

pub fn name(dice: &mut Dice) -> Name {
    let culture = &CULTURES[dice.below(CULTURES.len())];
    let (given, family) = (word(dice, culture.given), word(dice, culture.family));
    let full = if culture.family_first { format!("{family} {given}") } else { format!("{given} {family}") };
    Name { full, given, family }
}

fn word(dice: &mut Dice, words: &'static str) -> &'static str {
    let count = words.split(' ').count();
    words.split(' ').nth(dice.below(count)).unwrap_or_default()
}

const fn culture(given: &'static str, family: &'static str) -> Culture {
    Culture { family_first: false, given, family }
}

static CULTURES: [Culture; 16] = [
    culture(
        "Emily James Olivia Daniel Grace Thomas Chloe Samuel Hannah Oliver",
        "Walker Hughes Bennett Clarke Fletcher Morgan Reid Sutton Turner Whitfield",
    ),
    culture(
        "Lucía Mateo Sofía Diego Valentina Andrés Camila Joaquín Elena Martín",
        "García Fernández Romero Castillo Núñez Ortega Vargas Ibáñez Molina Peña",
    ),
    culture(
        "Camille Louis Inès Hugo Léa Théo Manon Étienne Zoé Gaspard",
        "Dubois Lefèvre Moreau Girard Rousseau Fontaine Chevalier Mercier Blanchard Perrin",
    ),
    culture(
        "Lena Jonas Hanna Felix Greta Lukas Marlene Jürgen Sophie Matthias",
        "Schneider Weber Krüger Hoffmann Schäfer Vogel Brandt Köhler Lindner Albrecht",
    ),
    culture(
        "Beatriz João Mariana Rafael Larissa Caio Helena Tiago Luana Gonçalo",
        "Silva Oliveira Araújo Carvalho Magalhães Teixeira Moura Simões Barbosa Falcão",
    ),
    culture(
        "Giulia Marco Chiara Lorenzo Francesca Davide Elisa Niccolò Aurora Pietro",
        "Bianchi Ferrari Conti Galli Marchetti Rinaldi Bruno Fabbri Serra Lombardi",
    ),
    culture(
        "Ananya Arjun Priya Rohan Meera Vikram Kavya Aditya Nandini Sanjay",
        "Sharma Iyer Patel Reddy Banerjee Nair Kulkarni Chatterjee Singh Desai",
    ),
    culture(
        "Chiamaka Tunde Amina Emeka Ngozi Ibrahim Folake Chidi Zainab Segun",
        "Okafor Adeyemi Balogun Eze Ogunleye Nwosu Abubakar Olawale Uche Danjuma",
    ),
    culture(
        "Wanjiru Kamau Achieng Otieno Njeri Kiprono Makena Mwangi Zawadi Baraka",
        "Kariuki Odhiambo Mutua Njoroge Cheruiyot Wambui Ouma Kimani Barasa Ndung'u",
    ),
    culture(
        "Elif Mehmet Zeynep Emre Ayşe Can Defne Burak İrem Oğuz",
        "Yılmaz Kaya Demir Şahin Çelik Aydın Öztürk Arslan Koç Güneş",
    ),
    culture(
        "Zofia Jakub Małgorzata Piotr Agnieszka Wojciech Hanna Łukasz Ewa Krzysztof",
        "Nowak Kowalczyk Wrona Wójcik Zając Szulc Dudek Lis Mazur Pawlak",
    ),
    culture(
        "Astrid Erik Freja Lars Ingrid Søren Signe Håkon Elin Björn",
        "Lindqvist Hansen Bergström Nygaard Dahl Åberg Sørensen Halvorsen Ekström Lund",
    ),
    culture(
        "Layla Omar Yasmin Karim Noor Hassan Salma Tariq Rania Youssef",
        "Haddad Mansour al-Rashid Khoury Nasser Darwish Saleh Farouk Sabbagh Aziz",
    ),
    culture(
        "Мария Алексей Анна Дмитрий Ольга Иван Татьяна Сергей Дарья Михаил",
        "Шевченко Коваленко Бондаренко Мороз Лысенко Савченко Кравец Гончар Мельник Ткач",
    ),
    Culture {
        family_first: true,
        given: "葵 陽斗 美咲 大輔 桜 健太 由美 翔 結衣 直樹",
        family: "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤",
    },
    Culture {
        family_first: true,
        given: "Minh Lan Hùng Thảo Quân Linh Tuấn Hương Phúc Mai",
        family: "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô",
    },
];

pub static WORK: [&str; 16] = [
    "a nurse on the night shift",
    "a bridge engineer",
    "a primary school teacher",
    "a bus driver with long breaks",
    "a librarian",
    "a software developer",
    "a retired surveyor",
    "a student of pharmacy",
    "a translator",
    "a carpenter",
    "a data analyst in a hospital",
    "a pastry chef",
    "a parent on leave",
    "a geologist",
    "a sound technician",
    "a city gardener",
];

pub static PASSIONS: [&str; 14] = [
    "old maps",
    "long train journeys",
    "repairing radios",
    "choir rehearsals",
    "chess problems",
    "growing tomatoes on a balcony",
    "short stories",
    "winter swimming",
    "amateur astronomy",
    "film cameras",
    "folk dance",
    "baking for neighbours",
    "birds",
    "board games with too many rules",
];

pub static TEACHING: [&str; 10] = [
    "explains things twice, the second time differently.",
    "believes that nobody is bad at a subject that has been well explained.",
    "spent ten years in industry before coming back to the classroom.",
    "wrote a textbook, regretted half of it, and teaches the other half.",
    "collects good mistakes and shows them in every lesson.",
    "teaches evening classes because the questions are better.",
    "likes small examples that work more than large ones that nearly do.",
    "answers every question in the forum, usually with another one.",
    "has taught beginners on three continents.",
    "learned the subject late and remembers what was hard.",
];
