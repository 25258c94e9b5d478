"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from haicap.web.desk import help as helping
from haicap.web.desk.batch import questions
from haicap.web.desk.batch import views as batch
from haicap.web.desk.dossier import papers
from haicap.web.desk.dossier import views as dossier
from haicap.web.desk.feedback import answering, calling, forces, leading, lists, tickets
from haicap.web.desk.money import views as money
from haicap.web.desk.overview import views as overview
from haicap.web.desk.powers import problems, survey, who
from haicap.web.desk.reception import views as reception
from haicap.web.desk.worklist import views as worklist

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="list"),
    path("tep.csv", worklist.as_csv, name="list-csv"),
    path("tep.xlsx", worklist.as_xlsx, name="list-xlsx"),
    path("tim/", worklist.search, name="search"),
    path("phim-tat/", helping.keys, name="keys"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/viec/<slug:slug>/", dossier.act, name="act"),
    path("ho-so/<str:code>/tep/<uuid:file>/", dossier.component, name="component"),
    path("ho-so/<str:code>/ket-qua/<uuid:result>/", dossier.result, name="result"),
    path("ho-so/<str:code>/mau-06/", papers.control, name="control"),
    path("ho-so/<str:code>/tien/", money.dossier, name="money"),
    path("ho-so/<str:code>/tien/<slug:slug>/", money.act, name="money-act"),
    path("tien/", money.listed, name="takings"),
    path("tien/tep.csv", money.as_csv, name="takings-csv"),
    path("tien/hoan/<uuid:public_id>/", money.refund, name="refund"),
    path("phieu/<uuid:public_id>/", papers.slip, name="slip"),
    path("bien-nhan/<uuid:public_id>/", papers.receipt, name="receipt"),
    path("nhan/", reception.reception, name="reception"),
    path("nhan/thu-tuc/", reception.find, name="reception-find"),
    path("nhan/xong/<str:code>/", reception.received, name="received"),
    path("ban-giao/", batch.handovers, name="handovers"),
    path("ban-giao/chuyen/", batch.forward, name="forward-many"),
    path("ban-giao/<uuid:number>/", batch.sheet, name="sheet"),
    path("ban-giao/<uuid:number>/phieu.pdf", papers.sheet, name="sheet-pdf"),
    path("phan-cong/", batch.assign, name="assign-many"),
    path("y-kien/<uuid:public_id>/", questions.answer, name="answer"),
    path("phan-anh/", lists.tickets, name="tickets"),
    path("phan-anh/tep.csv", lists.as_csv, name="tickets-csv"),
    path("phan-anh/tep.xlsx", lists.as_xlsx, name="tickets-xlsx"),
    path("phan-anh/goi-den/", calling.call, name="call"),
    path("phan-anh/goi-den/ben-canh/", calling.call_beside, name="call-beside"),
    path("phan-anh/goi-den/<str:code>/", calling.called, name="called"),
    path("phan-anh/lanh-dao/", leading.leader, name="tickets-leader"),
    path("phan-anh/<str:code>/", tickets.ticket, name="ticket"),
    path("phan-anh/<str:code>/viec/<slug:slug>/", tickets.act, name="ticket-act"),
    path("phan-anh/<str:code>/tra-loi/", answering.answer, name="ticket-answer"),
    path("phan-anh/<str:code>/tep/<uuid:file>/", tickets.file, name="ticket-file"),
    path("to-cong-tac/", forces.forces, name="forces"),
    path("to-cong-tac/<str:code>/", forces.force, name="force"),
    path("ai-quyet-dinh/", who.search, name="who"),
    path("ai-quyet-dinh/<str:code>/", who.power, name="who-power"),
    path("khao-sat/", survey.survey, name="survey"),
    path("khao-sat/tep.csv", survey.as_csv, name="survey-csv"),
    path("khao-sat/lam-duoc/", survey.able, name="survey-able"),
    path("khao-sat/<str:code>/", survey.answer, name="survey-answer"),
    path("vuong-mac/", problems.problems, name="problems"),
    path("vuong-mac/moi/", problems.new, name="problem-new"),
    path("vuong-mac/<str:code>/rut/", problems.withdraw, name="problem-withdraw"),
    path("hom-nay/", overview.today, name="today"),
    path("lanh-dao/", overview.leader, name="leader"),
]
