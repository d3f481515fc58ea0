"""Who is this person, where did they come from, where do they stand: the tables."""

from leads.models.arrivals import Arrival
from leads.models.calendars import BusinessCalendar
from leads.models.calls import Call, CallingRule, CallList, CallTarget
from leads.models.campaigns import Campaign, CampaignCost, CampaignMove, TrackingLink
from leads.models.consents import Consent, Suppression
from leads.models.contacts import AttributeKey, Contact, Merge, Organisation
from leads.models.duplicates import DuplicatePair, DuplicateScan
from leads.models.engagements import Engagement
from leads.models.forms import CaptureForm, FormEntry
from leads.models.holders import ActingUser, Queue, QueueMember
from leads.models.hooks import Hook, HookPayload
from leads.models.imports import ImportBatch, ImportRow, MappingMemory, MappingTemplate
from leads.models.intakes import IdempotencyKey, Intake
from leads.models.lifecycle import Lead, LeadMove, LeadScore, LeadTouch, Promotion
from leads.models.lists import BulkAct, BulkActLead, LeadExport, ListColumns, SavedView
from leads.models.pasts import ImportedPast
from leads.models.stand import StandDevice, StandEntry
from leads.models.texts import FamilyText, FamilyTextDue

__all__ = [
    "ActingUser",
    "Arrival",
    "AttributeKey",
    "BulkAct",
    "BulkActLead",
    "BusinessCalendar",
    "Call",
    "CallList",
    "CallTarget",
    "CallingRule",
    "Campaign",
    "CampaignCost",
    "CampaignMove",
    "CaptureForm",
    "Consent",
    "Contact",
    "DuplicatePair",
    "DuplicateScan",
    "Engagement",
    "FamilyText",
    "FamilyTextDue",
    "FormEntry",
    "Hook",
    "HookPayload",
    "IdempotencyKey",
    "ImportBatch",
    "ImportRow",
    "ImportedPast",
    "Intake",
    "Lead",
    "LeadExport",
    "LeadMove",
    "LeadScore",
    "LeadTouch",
    "ListColumns",
    "MappingMemory",
    "MappingTemplate",
    "Merge",
    "Organisation",
    "Promotion",
    "Queue",
    "QueueMember",
    "SavedView",
    "StandDevice",
    "StandEntry",
    "Suppression",
    "TrackingLink",
]
