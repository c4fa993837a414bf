//! A judgement's reasons: first a sentence, then the figures behind it.

use descan_rules::Reason;

use super::Judgement;
use super::reading::Kind;

/// The natural logarithm of ten: a reading that is ten times as likely fits far better.
const FAR_BETTER: f32 = std::f32::consts::LN_10;
/// By less than this, as a natural logarithm, two readings fit equally well.
const BETTER: f32 = 1.0;

impl Judgement {
    /// The reasons for reading what `stands` there so: a sentence, further sentences, and
    /// the figures, which have values.
    pub fn reasons(&self, stands: &str) -> Vec<Reason> {
        let features = &self.features;
        let mut reasons = vec![Reason::new(self.sentence(stands))];
        if self.rival.is_none() {
            reasons.push(Reason::new("there is no other likely reading"));
        }
        if self.is_engines {
            reasons.push(Reason::new("the engine thought of this reading too"));
        }
        let mut figure = |what: String, value: f32| reasons.push(Reason::with(what, value.into()));
        figure("log-probability of this misreading".to_owned(), features.confusion);
        figure("log-odds of the reading against leaving the text".to_owned(), features.lead_on_leaving);
        if let Some(rival) = &self.rival {
            figure(format!("log-odds against the next reading, {}", quoted(rival)), features.lead_on_second);
        }
        figure("log-odds from the words around it".to_owned(), features.context);
        let times = |log: f32| log.exp_m1().round();
        let seen_again = times(features.seen_again) - self.elsewhere as f32;
        if seen_again > 0.0 {
            figure(format!("other places that have {}", quoted(stands)), seen_again);
        }
        if self.elsewhere > 0 {
            figure(format!("other documents of the archive that have {}", quoted(stands)), self.elsewhere as f32);
        }
        if features.reading_seen > 0.0 {
            figure(format!("places that have {}", quoted(&self.text)), times(features.reading_seen));
        }
        reasons
    }

    /// How well the reading fits, and what was misread.
    fn sentence(&self, stands: &str) -> String {
        let (old, new) = (quoted(stands), quoted(&self.text));
        // What the misreading costs is not part of the fit.
        let fit = self.features.lead_on_leaving - self.features.confusion;
        let fits = if fit >= FAR_BETTER {
            format!("{new} fits here far better than {old}")
        } else if fit >= BETTER {
            format!("{new} fits here better than {old}")
        } else if fit > -BETTER {
            format!("{new} fits here as well as {old}")
        } else {
            format!("{new} fits here less well than {old}")
        };
        let misread = match self.kind {
            _ if !self.confusions.is_empty() => self.misread(),
            Kind::RunOn => "two words were run together".to_owned(),
            Kind::Split | Kind::Apart => "one word was split in two".to_owned(),
            Kind::Pronoun => "it is often misread so".to_owned(),
            Kind::Letters | Kind::RealWord => "its letters look alike".to_owned(),
        };
        format!("{fits}; {misread}")
    }

    /// `t for f is a common misreading`
    fn misread(&self) -> String {
        let Some((last, others)) = self.confusions.split_last() else { return String::new() };
        let listed = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        let kind = if self.common_confusions { "common" } else { "known" };
        if self.confusions.len() > 1 {
            format!("{listed} are {kind} misreadings")
        } else {
            format!("{listed} is a {kind} misreading")
        }
    }
}

/// Words that are quoted in a sentence; a line break is a space.
fn quoted(words: &str) -> String {
    format!("‘{}’", words.split_whitespace().collect::<Vec<_>>().join(" "))
}
