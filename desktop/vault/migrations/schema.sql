CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE action (
	title TEXT, 
	description TEXT, 
	axis_id BLOB, 
	objective_id BLOB, 
	domains TEXT, 
	communes TEXT, 
	neighbourhoods TEXT, 
	audience TEXT, 
	meeting_id BLOB, 
	agenda_item_id BLOB, 
	decision_id BLOB, 
	owner_id BLOB, 
	owner_organisation_id BLOB, 
	partner_ids TEXT, 
	starts_on TEXT, 
	due_on TEXT, 
	state TEXT, 
	abandoned_reason TEXT, 
	progress INTEGER, 
	funding TEXT, 
	dispositif_ids TEXT, 
	outcome TEXT, 
	title_stamp BLOB, 
	description_stamp BLOB, 
	axis_id_stamp BLOB, 
	objective_id_stamp BLOB, 
	domains_stamp BLOB, 
	communes_stamp BLOB, 
	neighbourhoods_stamp BLOB, 
	audience_stamp BLOB, 
	meeting_id_stamp BLOB, 
	agenda_item_id_stamp BLOB, 
	decision_id_stamp BLOB, 
	owner_id_stamp BLOB, 
	owner_organisation_id_stamp BLOB, 
	partner_ids_stamp BLOB, 
	starts_on_stamp BLOB, 
	due_on_stamp BLOB, 
	state_stamp BLOB, 
	abandoned_reason_stamp BLOB, 
	progress_stamp BLOB, 
	funding_stamp BLOB, 
	dispositif_ids_stamp BLOB, 
	outcome_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, no_dispositif TEXT, no_dispositif_stamp BLOB, 
	CONSTRAINT pk_action PRIMARY KEY (id)
);
CREATE INDEX ix_action_due_on ON action (due_on);
CREATE INDEX ix_action_meeting_id ON action (meeting_id);
CREATE INDEX ix_action_owner_id ON action (owner_id);
CREATE TABLE action_funding (
	action_id BLOB, 
	source TEXT, 
	label TEXT, 
	cents INTEGER, 
	action_id_stamp BLOB, 
	source_stamp BLOB, 
	label_stamp BLOB, 
	cents_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, granted_cents INTEGER, paid_cents INTEGER, year INTEGER, file_number TEXT, granted_cents_stamp BLOB, paid_cents_stamp BLOB, year_stamp BLOB, file_number_stamp BLOB, 
	CONSTRAINT pk_action_funding PRIMARY KEY (id)
);
CREATE INDEX ix_action_funding_action_id ON action_funding (action_id);
CREATE TABLE agenda_item (
	meeting_id BLOB, 
	"order" TEXT, 
	title TEXT, 
	presenter_id BLOB, 
	minutes INTEGER, 
	kind TEXT, 
	carried_from_id BLOB, 
	carried_reason TEXT, 
	meeting_id_stamp BLOB, 
	order_stamp BLOB, 
	title_stamp BLOB, 
	presenter_id_stamp BLOB, 
	minutes_stamp BLOB, 
	kind_stamp BLOB, 
	carried_from_id_stamp BLOB, 
	carried_reason_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, carried_record_id BLOB, carried_record_id_stamp BLOB, 
	CONSTRAINT pk_agenda_item PRIMARY KEY (id)
);
CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id);
CREATE TABLE attachment (
	owner_kind TEXT, 
	owner_id BLOB, 
	name TEXT, 
	media_type TEXT, 
	size INTEGER, 
	sha256 TEXT, 
	owner_kind_stamp BLOB, 
	owner_id_stamp BLOB, 
	name_stamp BLOB, 
	media_type_stamp BLOB, 
	size_stamp BLOB, 
	sha256_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_attachment PRIMARY KEY (id)
);
CREATE INDEX ix_attachment_owner_id ON attachment (owner_id);
CREATE TABLE attendance (
	meeting_id BLOB, 
	person_id BLOB, 
	state TEXT, 
	represented_by_id BLOB, 
	arrived_at TEXT, 
	left_at TEXT, 
	signed_on_paper BOOLEAN, 
	meeting_id_stamp BLOB, 
	person_id_stamp BLOB, 
	state_stamp BLOB, 
	represented_by_id_stamp BLOB, 
	arrived_at_stamp BLOB, 
	left_at_stamp BLOB, 
	signed_on_paper_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_attendance PRIMARY KEY (id)
);
CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);
CREATE INDEX ix_attendance_person_id ON attendance (person_id);
CREATE TABLE attendance_slot (
	meeting_id BLOB, 
	person_id BLOB, 
	slot TEXT, 
	state TEXT, 
	signed BOOLEAN, 
	meeting_id_stamp BLOB, 
	person_id_stamp BLOB, 
	slot_stamp BLOB, 
	state_stamp BLOB, 
	signed_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_attendance_slot PRIMARY KEY (id)
);
CREATE INDEX ix_attendance_slot_meeting_id ON attendance_slot (meeting_id);
CREATE TABLE axis (
	plan_id BLOB, 
	"order" TEXT, 
	code TEXT, 
	title TEXT, 
	description TEXT, 
	plan_id_stamp BLOB, 
	order_stamp BLOB, 
	code_stamp BLOB, 
	title_stamp BLOB, 
	description_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, successor_id BLOB, successor_id_stamp BLOB, 
	CONSTRAINT pk_axis PRIMARY KEY (id)
);
CREATE TABLE channel_key (
	channel TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	identity TEXT NOT NULL, 
	CONSTRAINT pk_channel_key PRIMARY KEY (channel, epoch)
);
CREATE TABLE collective (
	name TEXT, 
	territory TEXT, 
	preset TEXT, 
	name_stamp BLOB, 
	territory_stamp BLOB, 
	preset_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, population_year INTEGER, neighbourhoods_complete BOOLEAN, places_source TEXT, population_year_stamp BLOB, neighbourhoods_complete_stamp BLOB, places_source_stamp BLOB, 
	CONSTRAINT pk_collective PRIMARY KEY (id)
);
CREATE TABLE commitment (
	organisation_id BLOB, 
	signed_on TEXT, 
	signed_by TEXT, 
	confidentiality_on TEXT, 
	organisation_id_stamp BLOB, 
	signed_on_stamp BLOB, 
	signed_by_stamp BLOB, 
	confidentiality_on_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, function TEXT, charter_id BLOB, function_stamp BLOB, charter_id_stamp BLOB, 
	CONSTRAINT pk_commitment PRIMARY KEY (id)
);
CREATE INDEX ix_commitment_organisation_id ON commitment (organisation_id);
CREATE TABLE decision (
	meeting_id BLOB, 
	agenda_item_id BLOB, 
	number TEXT, 
	text TEXT, 
	how TEXT, 
	votes_for INTEGER, 
	votes_against INTEGER, 
	votes_abstained INTEGER, 
	"order" INTEGER, 
	meeting_id_stamp BLOB, 
	agenda_item_id_stamp BLOB, 
	number_stamp BLOB, 
	text_stamp BLOB, 
	how_stamp BLOB, 
	votes_for_stamp BLOB, 
	votes_against_stamp BLOB, 
	votes_abstained_stamp BLOB, 
	order_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_decision PRIMARY KEY (id)
);
CREATE INDEX ix_decision_meeting_id ON decision (meeting_id);
CREATE TABLE dispositif (
	name TEXT, 
	holder TEXT, 
	domains TEXT, 
	territory TEXT, 
	name_stamp BLOB, 
	holder_stamp BLOB, 
	domains_stamp BLOB, 
	territory_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_dispositif PRIMARY KEY (id)
);
CREATE TABLE feedback (
	handle TEXT, 
	state TEXT, 
	action_id BLOB, 
	handle_stamp BLOB, 
	state_stamp BLOB, 
	action_id_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, month TEXT, action_title TEXT, sentence TEXT, question TEXT, month_stamp BLOB, action_title_stamp BLOB, sentence_stamp BLOB, question_stamp BLOB, 
	CONSTRAINT pk_feedback PRIMARY KEY (id)
);
CREATE TABLE follow_up (
	action_id BLOB, 
	"on" TEXT, 
	text TEXT, 
	progress INTEGER, 
	action_id_stamp BLOB, 
	on_stamp BLOB, 
	text_stamp BLOB, 
	progress_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_follow_up PRIMARY KEY (id)
);
CREATE INDEX ix_follow_up_action_id ON follow_up (action_id);
CREATE TABLE "group" (
	name TEXT, 
	kind TEXT, 
	axis_id BLOB, 
	confidential BOOLEAN, 
	description TEXT, 
	name_stamp BLOB, 
	kind_stamp BLOB, 
	axis_id_stamp BLOB, 
	confidential_stamp BLOB, 
	description_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_group PRIMARY KEY (id)
);
CREATE TABLE indicator (
	objective_id BLOB, 
	label TEXT, 
	unit TEXT, 
	target INTEGER, 
	objective_id_stamp BLOB, 
	label_stamp BLOB, 
	unit_stamp BLOB, 
	target_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, baseline INTEGER, target_on TEXT, source TEXT, derived TEXT, baseline_stamp BLOB, target_on_stamp BLOB, source_stamp BLOB, derived_stamp BLOB, 
	CONSTRAINT pk_indicator PRIMARY KEY (id)
);
CREATE INDEX ix_indicator_objective_id ON indicator (objective_id);
CREATE TABLE indicator_value (
	indicator_id BLOB, 
	"on" TEXT, 
	value INTEGER, 
	indicator_id_stamp BLOB, 
	on_stamp BLOB, 
	value_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, source TEXT, source_stamp BLOB, 
	CONSTRAINT pk_indicator_value PRIMARY KEY (id)
);
CREATE INDEX ix_indicator_value_indicator_id ON indicator_value (indicator_id);
CREATE TABLE internship_offer (
	organisation_id BLOB, 
	domain TEXT, 
	level TEXT, 
	places INTEGER, 
	organisation_id_stamp BLOB, 
	domain_stamp BLOB, 
	level_stamp BLOB, 
	places_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, starts_on TEXT, ends_on TEXT, taken INTEGER, accessible BOOLEAN, contact TEXT, commune TEXT, zone TEXT, description TEXT, closed BOOLEAN, starts_on_stamp BLOB, ends_on_stamp BLOB, taken_stamp BLOB, accessible_stamp BLOB, contact_stamp BLOB, commune_stamp BLOB, zone_stamp BLOB, description_stamp BLOB, closed_stamp BLOB, 
	CONSTRAINT pk_internship_offer PRIMARY KEY (id)
);
CREATE TABLE internship_request (
	code TEXT, 
	level TEXT, 
	domain TEXT, 
	commune TEXT, 
	gender TEXT, 
	month TEXT, 
	code_stamp BLOB, 
	level_stamp BLOB, 
	domain_stamp BLOB, 
	commune_stamp BLOB, 
	gender_stamp BLOB, 
	month_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, starts_on TEXT, ends_on TEXT, zone TEXT, lives_in_qpv TEXT, school_type TEXT, starts_on_stamp BLOB, ends_on_stamp BLOB, zone_stamp BLOB, lives_in_qpv_stamp BLOB, school_type_stamp BLOB, 
	CONSTRAINT pk_internship_request PRIMARY KEY (id)
);
CREATE TABLE local_value (
	"key" TEXT NOT NULL, 
	value BLOB NOT NULL, 
	CONSTRAINT pk_local_value PRIMARY KEY ("key")
);
CREATE TABLE meeting (
	group_id BLOB, 
	kind TEXT, 
	title TEXT, 
	starts_at TEXT, 
	ends_at TEXT, 
	started_at TEXT, 
	ended_at TEXT, 
	place TEXT, 
	link TEXT, 
	animator_id BLOB, 
	secretary_id BLOB, 
	quorum INTEGER, 
	state TEXT, 
	remarks_until TEXT, 
	code TEXT, 
	group_id_stamp BLOB, 
	kind_stamp BLOB, 
	title_stamp BLOB, 
	starts_at_stamp BLOB, 
	ends_at_stamp BLOB, 
	started_at_stamp BLOB, 
	ended_at_stamp BLOB, 
	place_stamp BLOB, 
	link_stamp BLOB, 
	animator_id_stamp BLOB, 
	secretary_id_stamp BLOB, 
	quorum_stamp BLOB, 
	state_stamp BLOB, 
	remarks_until_stamp BLOB, 
	code_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, quorum_remote BOOLEAN, quorum_remote_stamp BLOB, convened_on TEXT, convened_on_stamp BLOB, held_from TEXT, held_until TEXT, held_from_stamp BLOB, held_until_stamp BLOB, training_id BLOB, training_id_stamp BLOB, 
	CONSTRAINT pk_meeting PRIMARY KEY (id)
);
CREATE INDEX ix_meeting_group_id ON meeting (group_id);
CREATE INDEX ix_meeting_starts_at ON meeting (starts_at);
CREATE TABLE membership (
	group_id BLOB, 
	person_id BLOB, 
	organisation_id BLOB, 
	role TEXT, 
	function TEXT, 
	since TEXT, 
	until TEXT, 
	group_id_stamp BLOB, 
	person_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	role_stamp BLOB, 
	function_stamp BLOB, 
	since_stamp BLOB, 
	until_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_membership PRIMARY KEY (id)
);
CREATE INDEX ix_membership_group_id ON membership (group_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE TABLE minutes_version (
	meeting_id BLOB, 
	number INTEGER, 
	state TEXT, 
	content_hash TEXT, 
	validated_on TEXT, 
	validated_by_id BLOB, 
	body TEXT, 
	meeting_id_stamp BLOB, 
	number_stamp BLOB, 
	state_stamp BLOB, 
	content_hash_stamp BLOB, 
	validated_on_stamp BLOB, 
	validated_by_id_stamp BLOB, 
	body_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, audience TEXT, audience_stamp BLOB, reason TEXT, reason_stamp BLOB, signature TEXT, signature_stamp BLOB, 
	CONSTRAINT pk_minutes_version PRIMARY KEY (id)
);
CREATE INDEX ix_minutes_version_meeting_id ON minutes_version (meeting_id);
CREATE TABLE note_block (
	meeting_id BLOB, 
	agenda_item_id BLOB, 
	"order" TEXT, 
	audience TEXT, 
	kind TEXT, 
	meeting_id_stamp BLOB, 
	agenda_item_id_stamp BLOB, 
	order_stamp BLOB, 
	audience_stamp BLOB, 
	kind_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, settled_on TEXT, settled_on_stamp BLOB, 
	CONSTRAINT pk_note_block PRIMARY KEY (id)
);
CREATE INDEX ix_note_block_meeting_id ON note_block (meeting_id);
CREATE TABLE note_update (
	block_id BLOB, 
	generation INTEGER, 
	data BLOB, 
	block_id_stamp BLOB, 
	generation_stamp BLOB, 
	data_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_note_update PRIMARY KEY (id)
);
CREATE INDEX ix_note_update_block_id ON note_update (block_id);
CREATE TABLE notice (
	action_id BLOB, 
	"on" TEXT, 
	how TEXT, 
	meeting_id BLOB, 
	text TEXT, 
	action_id_stamp BLOB, 
	on_stamp BLOB, 
	how_stamp BLOB, 
	meeting_id_stamp BLOB, 
	text_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_notice PRIMARY KEY (id)
);
CREATE INDEX ix_notice_action_id ON notice (action_id);
CREATE TABLE objective (
	axis_id BLOB, 
	"order" TEXT, 
	title TEXT, 
	axis_id_stamp BLOB, 
	order_stamp BLOB, 
	title_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, successor_id BLOB, successor_id_stamp BLOB, 
	CONSTRAINT pk_objective PRIMARY KEY (id)
);
CREATE INDEX ix_objective_axis_id ON objective (axis_id);
CREATE TABLE observation (
	month TEXT, 
	place_kind TEXT, 
	commune TEXT, 
	zone TEXT, 
	neighbourhood TEXT, 
	domain TEXT, 
	principal_criterion TEXT, 
	criteria TEXT, 
	form TEXT, 
	setting TEXT, 
	source TEXT, 
	repetition TEXT, 
	facts_period TEXT, 
	age TEXT, 
	gender TEXT, 
	consequences TEXT, 
	evidence TEXT, 
	recourse TEXT, 
	no_recourse_reason TEXT, 
	confidence INTEGER, 
	account TEXT, 
	agrees BOOLEAN, 
	state TEXT, 
	discarded_reason TEXT, 
	qualification TEXT, 
	action_id BLOB, 
	organisation_id BLOB, 
	feedback_handle TEXT, 
	month_stamp BLOB, 
	place_kind_stamp BLOB, 
	commune_stamp BLOB, 
	zone_stamp BLOB, 
	neighbourhood_stamp BLOB, 
	domain_stamp BLOB, 
	principal_criterion_stamp BLOB, 
	criteria_stamp BLOB, 
	form_stamp BLOB, 
	setting_stamp BLOB, 
	source_stamp BLOB, 
	repetition_stamp BLOB, 
	facts_period_stamp BLOB, 
	age_stamp BLOB, 
	gender_stamp BLOB, 
	consequences_stamp BLOB, 
	evidence_stamp BLOB, 
	recourse_stamp BLOB, 
	no_recourse_reason_stamp BLOB, 
	confidence_stamp BLOB, 
	account_stamp BLOB, 
	agrees_stamp BLOB, 
	state_stamp BLOB, 
	discarded_reason_stamp BLOB, 
	qualification_stamp BLOB, 
	action_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	feedback_handle_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, elements TEXT, same_as_id BLOB, answered_question TEXT, answer TEXT, qualified_criteria TEXT, qualified_form TEXT, qualified_setting TEXT, qualified_evidence TEXT, qualified_elements TEXT, advised_recourse TEXT, account_erased_in TEXT, account_erased_by TEXT, elements_stamp BLOB, same_as_id_stamp BLOB, answered_question_stamp BLOB, answer_stamp BLOB, qualified_criteria_stamp BLOB, qualified_form_stamp BLOB, qualified_setting_stamp BLOB, qualified_evidence_stamp BLOB, qualified_elements_stamp BLOB, advised_recourse_stamp BLOB, account_erased_in_stamp BLOB, account_erased_by_stamp BLOB, 
	CONSTRAINT pk_observation PRIMARY KEY (id)
);
CREATE TABLE organisation (
	name TEXT, 
	short_name TEXT, 
	college TEXT, 
	domains TEXT, 
	territory TEXT, 
	contact TEXT, 
	web TEXT, 
	notes TEXT, 
	name_stamp BLOB, 
	short_name_stamp BLOB, 
	college_stamp BLOB, 
	domains_stamp BLOB, 
	territory_stamp BLOB, 
	contact_stamp BLOB, 
	web_stamp BLOB, 
	notes_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, alias_of_id BLOB, alias_of_id_stamp BLOB, 
	CONSTRAINT pk_organisation PRIMARY KEY (id)
);
CREATE TABLE outbox (
	writer BLOB NOT NULL, 
	sequence INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	records INTEGER NOT NULL, 
	data BLOB, 
	pushed_at TEXT, last_stamp BLOB, 
	CONSTRAINT pk_outbox PRIMARY KEY (writer, sequence)
);
CREATE TABLE pending (
	kind TEXT NOT NULL, 
	record_id BLOB NOT NULL, 
	low BLOB NOT NULL, 
	CONSTRAINT pk_pending PRIMARY KEY (kind, record_id)
);
CREATE TABLE person (
	given_name TEXT, 
	family_name TEXT, 
	function TEXT, 
	organisation_id BLOB, 
	email TEXT, 
	phone TEXT, 
	given_name_stamp BLOB, 
	family_name_stamp BLOB, 
	function_stamp BLOB, 
	organisation_id_stamp BLOB, 
	email_stamp BLOB, 
	phone_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, alias_of_id BLOB, alias_of_id_stamp BLOB, 
	CONSTRAINT pk_person PRIMARY KEY (id)
);
CREATE INDEX ix_person_organisation_id ON person (organisation_id);
CREATE TABLE place (
	kind TEXT, 
	code TEXT, 
	name TEXT, 
	parent_code TEXT, 
	population INTEGER, 
	generation TEXT, 
	kind_stamp BLOB, 
	code_stamp BLOB, 
	name_stamp BLOB, 
	parent_code_stamp BLOB, 
	population_stamp BLOB, 
	generation_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, other_communes TEXT, to_confirm BOOLEAN, source TEXT, verified_on TEXT, valid_from TEXT, valid_to TEXT, earlier TEXT, other_communes_stamp BLOB, to_confirm_stamp BLOB, source_stamp BLOB, verified_on_stamp BLOB, valid_from_stamp BLOB, valid_to_stamp BLOB, earlier_stamp BLOB, 
	CONSTRAINT pk_place PRIMARY KEY (id)
);
CREATE TABLE "plan" (
	name TEXT, 
	territory TEXT, 
	starts_on TEXT, 
	ends_on TEXT, 
	name_stamp BLOB, 
	territory_stamp BLOB, 
	starts_on_stamp BLOB, 
	ends_on_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, successor_id BLOB, successor_id_stamp BLOB, 
	CONSTRAINT pk_plan PRIMARY KEY (id)
);
CREATE TABLE referral (
	case_code TEXT, 
	observation_id BLOB, 
	organisation_id BLOB, 
	kind TEXT, 
	urgency TEXT, 
	state TEXT, 
	outcome TEXT, 
	opened_month TEXT, 
	closed_month TEXT, 
	case_code_stamp BLOB, 
	observation_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	kind_stamp BLOB, 
	urgency_stamp BLOB, 
	state_stamp BLOB, 
	outcome_stamp BLOB, 
	opened_month_stamp BLOB, 
	closed_month_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, result TEXT, consents BOOLEAN, result_stamp BLOB, consents_stamp BLOB, 
	CONSTRAINT pk_referral PRIMARY KEY (id)
);
CREATE TABLE referral_step (
	referral_id BLOB, 
	month TEXT, 
	text TEXT, 
	referral_id_stamp BLOB, 
	month_stamp BLOB, 
	text_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, step TEXT, step_stamp BLOB, 
	CONSTRAINT pk_referral_step PRIMARY KEY (id)
);
CREATE INDEX ix_referral_step_referral_id ON referral_step (referral_id);
CREATE TABLE refusal (
	name TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	final BOOLEAN NOT NULL, 
	CONSTRAINT pk_refusal PRIMARY KEY (name)
);
CREATE TABLE resource (
	kind TEXT, 
	title TEXT, 
	description TEXT, 
	organisation_id BLOB, 
	access TEXT, 
	domains TEXT, 
	rating INTEGER, 
	kind_stamp BLOB, 
	title_stamp BLOB, 
	description_stamp BLOB, 
	organisation_id_stamp BLOB, 
	access_stamp BLOB, 
	domains_stamp BLOB, 
	rating_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, period TEXT, period_stamp BLOB, place TEXT, place_stamp BLOB, sources TEXT, sources_stamp BLOB, named_people TEXT, named_people_stamp BLOB, authorised_on TEXT, authorised_on_stamp BLOB, 
	CONSTRAINT pk_resource PRIMARY KEY (id)
);
CREATE TABLE seen (
	writer BLOB NOT NULL, 
	device TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	last_stamp BLOB NOT NULL, 
	CONSTRAINT pk_seen PRIMARY KEY (writer)
);
CREATE TABLE sheet (
	meeting_id BLOB, 
	code TEXT, 
	numbers TEXT, 
	meeting_id_stamp BLOB, 
	code_stamp BLOB, 
	numbers_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_sheet PRIMARY KEY (id)
);
CREATE INDEX ix_sheet_meeting_id ON sheet (meeting_id);
CREATE TABLE term (
	vocabulary TEXT, 
	code TEXT, 
	label_fr TEXT, 
	label_en TEXT, 
	family TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	source TEXT, 
	verified_on TEXT, 
	"order" INTEGER, 
	vocabulary_stamp BLOB, 
	code_stamp BLOB, 
	label_fr_stamp BLOB, 
	label_en_stamp BLOB, 
	family_stamp BLOB, 
	valid_from_stamp BLOB, 
	valid_to_stamp BLOB, 
	source_stamp BLOB, 
	verified_on_stamp BLOB, 
	order_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, also TEXT, earlier TEXT, also_stamp BLOB, earlier_stamp BLOB, 
	CONSTRAINT pk_term PRIMARY KEY (id)
);
CREATE TABLE trust_file (
	number INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	roster BLOB NOT NULL, 
	CONSTRAINT pk_trust_file PRIMARY KEY (number)
);
CREATE TABLE unknown (
	kind TEXT NOT NULL, 
	record_id BLOB NOT NULL, 
	field TEXT NOT NULL, 
	stamp BLOB NOT NULL, 
	value TEXT, channel TEXT, roles TEXT, 
	CONSTRAINT pk_unknown PRIMARY KEY (kind, record_id, field)
);
CREATE TABLE unread (
	writer BLOB NOT NULL, 
	sequence INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	CONSTRAINT pk_unread PRIMARY KEY (writer, sequence)
);
CREATE TABLE validation (
	action_id BLOB, 
	party TEXT, 
	asked_on TEXT, 
	answer TEXT, 
	answered_on TEXT, 
	"by" TEXT, 
	remark TEXT, 
	action_id_stamp BLOB, 
	party_stamp BLOB, 
	asked_on_stamp BLOB, 
	answer_stamp BLOB, 
	answered_on_stamp BLOB, 
	by_stamp BLOB, 
	remark_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, until_on TEXT, committee TEXT, until_on_stamp BLOB, committee_stamp BLOB, 
	CONSTRAINT pk_validation PRIMARY KEY (id)
);
CREATE INDEX ix_validation_action_id ON validation (action_id);
CREATE TABLE version (
	kind TEXT NOT NULL, 
	record_id BLOB NOT NULL, 
	field TEXT NOT NULL, 
	stamp BLOB NOT NULL, 
	value TEXT, 
	CONSTRAINT pk_version PRIMARY KEY (kind, record_id, field, stamp)
);
CREATE TABLE deletion (
	kind TEXT NOT NULL, 
	record_id BLOB NOT NULL, 
	stamp BLOB NOT NULL, 
	noticed INTEGER NOT NULL, 
	emptied BOOLEAN NOT NULL, 
	CONSTRAINT pk_deletion PRIMARY KEY (kind, record_id)
);
CREATE TABLE journal_entry (
	number INTEGER NOT NULL, 
	"on" TEXT NOT NULL, 
	what TEXT NOT NULL, 
	how TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	record_id BLOB, 
	count INTEGER NOT NULL, 
	parts INTEGER NOT NULL, reason TEXT, at TEXT, by_id BLOB, writer BLOB, previous BLOB, 
	CONSTRAINT pk_journal_entry PRIMARY KEY (number)
);
CREATE INDEX ix_action_deleted ON action (id) WHERE deleted IS 1;
CREATE INDEX ix_action_funding_deleted ON action_funding (id) WHERE deleted IS 1;
CREATE INDEX ix_agenda_item_deleted ON agenda_item (id) WHERE deleted IS 1;
CREATE INDEX ix_attachment_deleted ON attachment (id) WHERE deleted IS 1;
CREATE INDEX ix_attendance_tally ON attendance (meeting_id, state, deleted);
CREATE INDEX ix_attendance_deleted ON attendance (id) WHERE deleted IS 1;
CREATE INDEX ix_attendance_slot_deleted ON attendance_slot (id) WHERE deleted IS 1;
CREATE INDEX ix_axis_deleted ON axis (id) WHERE deleted IS 1;
CREATE INDEX ix_collective_deleted ON collective (id) WHERE deleted IS 1;
CREATE INDEX ix_commitment_deleted ON commitment (id) WHERE deleted IS 1;
CREATE INDEX ix_decision_deleted ON decision (id) WHERE deleted IS 1;
CREATE INDEX ix_dispositif_deleted ON dispositif (id) WHERE deleted IS 1;
CREATE INDEX ix_feedback_deleted ON feedback (id) WHERE deleted IS 1;
CREATE INDEX ix_follow_up_deleted ON follow_up (id) WHERE deleted IS 1;
CREATE INDEX ix_group_deleted ON "group" (id) WHERE deleted IS 1;
CREATE INDEX ix_indicator_deleted ON indicator (id) WHERE deleted IS 1;
CREATE INDEX ix_indicator_value_deleted ON indicator_value (id) WHERE deleted IS 1;
CREATE INDEX ix_internship_offer_deleted ON internship_offer (id) WHERE deleted IS 1;
CREATE INDEX ix_internship_request_deleted ON internship_request (id) WHERE deleted IS 1;
CREATE INDEX ix_meeting_deleted ON meeting (id) WHERE deleted IS 1;
CREATE INDEX ix_membership_deleted ON membership (id) WHERE deleted IS 1;
CREATE INDEX ix_minutes_version_deleted ON minutes_version (id) WHERE deleted IS 1;
CREATE INDEX ix_note_block_deleted ON note_block (id) WHERE deleted IS 1;
CREATE INDEX ix_note_update_deleted ON note_update (id) WHERE deleted IS 1;
CREATE INDEX ix_notice_deleted ON notice (id) WHERE deleted IS 1;
CREATE INDEX ix_objective_deleted ON objective (id) WHERE deleted IS 1;
CREATE INDEX ix_observation_deleted ON observation (id) WHERE deleted IS 1;
CREATE INDEX ix_organisation_deleted ON organisation (id) WHERE deleted IS 1;
CREATE INDEX ix_person_deleted ON person (id) WHERE deleted IS 1;
CREATE INDEX ix_place_deleted ON place (id) WHERE deleted IS 1;
CREATE INDEX ix_plan_deleted ON "plan" (id) WHERE deleted IS 1;
CREATE INDEX ix_referral_deleted ON referral (id) WHERE deleted IS 1;
CREATE INDEX ix_referral_step_deleted ON referral_step (id) WHERE deleted IS 1;
CREATE INDEX ix_resource_deleted ON resource (id) WHERE deleted IS 1;
CREATE INDEX ix_sheet_deleted ON sheet (id) WHERE deleted IS 1;
CREATE INDEX ix_term_deleted ON term (id) WHERE deleted IS 1;
CREATE INDEX ix_validation_deleted ON validation (id) WHERE deleted IS 1;
CREATE TABLE enclosure (
	record_id BLOB NOT NULL, 
	data BLOB, 
	sent BOOLEAN NOT NULL, 
	CONSTRAINT pk_enclosure PRIMARY KEY (record_id)
);
CREATE TABLE held_package (
	writer BLOB NOT NULL, 
	sequence INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	data BLOB, 
	CONSTRAINT pk_held_package PRIMARY KEY (writer, sequence, sha256)
);
CREATE TABLE receipt (
	store TEXT NOT NULL, 
	writer BLOB NOT NULL, 
	sequence INTEGER NOT NULL, 
	CONSTRAINT pk_receipt PRIMARY KEY (store, writer)
);
CREATE TABLE trust_copy (
	name TEXT NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_trust_copy PRIMARY KEY (name)
);
CREATE TABLE peer (
	writer BLOB NOT NULL, 
	sequence INTEGER NOT NULL, 
	vector BLOB NOT NULL, 
	CONSTRAINT pk_peer PRIMARY KEY (writer)
);
CREATE TABLE snapshot (
	id TEXT NOT NULL, 
	device TEXT NOT NULL, 
	kept_at INTEGER NOT NULL, 
	manifest BLOB NOT NULL, 
	judged TEXT NOT NULL, 
	CONSTRAINT pk_snapshot PRIMARY KEY (id)
);
CREATE TABLE snapshot_file (
	snapshot TEXT NOT NULL, 
	name TEXT NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_snapshot_file PRIMARY KEY (snapshot, name)
);
CREATE TABLE snapshot_match (
	snapshot TEXT NOT NULL, 
	device TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	CONSTRAINT pk_snapshot_match PRIMARY KEY (snapshot, device, channel)
);
CREATE INDEX ix_person_alias_of_id ON person (alias_of_id);
CREATE TABLE erasure_request (
	owner_kind TEXT, 
	owner_id BLOB, 
	owner_kind_stamp BLOB, 
	owner_id_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_erasure_request PRIMARY KEY (id)
);
CREATE INDEX ix_erasure_request_deleted ON erasure_request (id) WHERE deleted IS 1;
CREATE INDEX ix_erasure_request_owner_id ON erasure_request (owner_id);
CREATE TABLE charter (
	title TEXT, 
	version INTEGER, 
	starts_on TEXT, 
	text TEXT, 
	title_stamp BLOB, 
	version_stamp BLOB, 
	starts_on_stamp BLOB, 
	text_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_charter PRIMARY KEY (id)
);
CREATE INDEX ix_charter_deleted ON charter (id) WHERE deleted IS 1;
CREATE TABLE clause (
	charter_id BLOB, 
	"order" TEXT, 
	label TEXT, 
	text TEXT, 
	evidence TEXT, 
	charter_id_stamp BLOB, 
	order_stamp BLOB, 
	label_stamp BLOB, 
	text_stamp BLOB, 
	evidence_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_clause PRIMARY KEY (id)
);
CREATE INDEX ix_clause_charter_id ON clause (charter_id);
CREATE INDEX ix_clause_deleted ON clause (id) WHERE deleted IS 1;
CREATE TABLE release (
	period TEXT, 
	audience TEXT, 
	made_on TEXT, 
	content TEXT, 
	period_stamp BLOB, 
	audience_stamp BLOB, 
	made_on_stamp BLOB, 
	content_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_release PRIMARY KEY (id)
);
CREATE INDEX ix_release_deleted ON release (id) WHERE deleted IS 1;
CREATE TABLE internship_application (
	request_id BLOB, 
	offer_id BLOB, 
	organisation_id BLOB, 
	month TEXT, 
	answer TEXT, 
	request_id_stamp BLOB, 
	offer_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	month_stamp BLOB, 
	answer_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_internship_application PRIMARY KEY (id)
);
CREATE INDEX ix_internship_application_offer_id ON internship_application (offer_id);
CREATE INDEX ix_internship_application_request_id ON internship_application (request_id);
CREATE INDEX ix_internship_application_deleted ON internship_application (id) WHERE deleted IS 1;
CREATE TABLE resource_loan (
	resource_id BLOB, 
	organisation_id BLOB, 
	person_id BLOB, 
	lent_on TEXT, 
	due_on TEXT, 
	back_on TEXT, 
	remark TEXT, 
	resource_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	person_id_stamp BLOB, 
	lent_on_stamp BLOB, 
	due_on_stamp BLOB, 
	back_on_stamp BLOB, 
	remark_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_resource_loan PRIMARY KEY (id)
);
CREATE INDEX ix_resource_loan_resource_id ON resource_loan (resource_id);
CREATE INDEX ix_resource_loan_deleted ON resource_loan (id) WHERE deleted IS 1;
CREATE TABLE resource_use (
	resource_id BLOB, 
	organisation_id BLOB, 
	used_on TEXT, 
	rating INTEGER, 
	remark TEXT, 
	resource_id_stamp BLOB, 
	organisation_id_stamp BLOB, 
	used_on_stamp BLOB, 
	rating_stamp BLOB, 
	remark_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_resource_use PRIMARY KEY (id)
);
CREATE INDEX ix_resource_use_resource_id ON resource_use (resource_id);
CREATE INDEX ix_resource_use_deleted ON resource_use (id) WHERE deleted IS 1;
CREATE INDEX ix_organisation_alias_of_id ON organisation (alias_of_id);
CREATE TABLE training (
	title TEXT, 
	audience TEXT, 
	trainer TEXT, 
	content TEXT, 
	refresh_months INTEGER, 
	title_stamp BLOB, 
	audience_stamp BLOB, 
	trainer_stamp BLOB, 
	content_stamp BLOB, 
	refresh_months_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_training PRIMARY KEY (id)
);
CREATE INDEX ix_training_deleted ON training (id) WHERE deleted IS 1;
CREATE INDEX ix_meeting_training_id ON meeting (training_id);
CREATE TABLE reminder (
	action_id BLOB, 
	party TEXT, 
	organisation_id BLOB, 
	"on" TEXT, 
	how TEXT, 
	about TEXT, 
	action_ids TEXT, 
	remark TEXT, 
	action_id_stamp BLOB, 
	party_stamp BLOB, 
	organisation_id_stamp BLOB, 
	on_stamp BLOB, 
	how_stamp BLOB, 
	about_stamp BLOB, 
	action_ids_stamp BLOB, 
	remark_stamp BLOB, 
	id BLOB NOT NULL, 
	channel TEXT NOT NULL, 
	deleted BOOLEAN, 
	deleted_stamp BLOB, 
	created_by_id BLOB, 
	created_by_id_stamp BLOB, 
	CONSTRAINT pk_reminder PRIMARY KEY (id)
);
CREATE INDEX ix_reminder_action_id ON reminder (action_id);
CREATE INDEX ix_reminder_organisation_id ON reminder (organisation_id);
CREATE INDEX ix_reminder_deleted ON reminder (id) WHERE deleted IS 1;
CREATE INDEX ix_axis_successor_id ON axis (successor_id);
CREATE INDEX ix_objective_successor_id ON objective (successor_id);
