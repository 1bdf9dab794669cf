"""A ledger as a school keeps it: a title over the heads, words of its own, dates in four ways, and what is wrong in it."""

import sys
import openpyxl

HEADS = ["序号", "学校名称", "排查日期", "隐患部位", "存在问题", "隐患类别", "整改期限", "整改责任人", "备注"]


def main(path, year):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "隐患台账"
    sheet.merge_cells("A1:I1")
    sheet["A1"] = f"城关中心小学{year}年安全隐患排查整治台账"
    sheet.append(HEADS)
    rows = [
        ["城关中心小学", f"{year}.3.5", "食堂后厨东侧", "排烟罩积油", "食堂", f"{year}.3.20", "刘强"],
        ["城关中心小学", f"{year}年3月6日", "图书室", "书架未固定", "设施设备", f"{year}年3月30日", "刘强"],
        ["城关中心小学", f"{year}/3/9", "综合楼三层", "安全出口指示灯不亮", "消防", f"{year}/3/25", "刘强"],
        ["城关中心小学", f"{year}-03-10", "北门外", "警示桩缺失", "交通", f"{year}-03-28", "刘强"],
        ["城关中心小学", f"{year}-13-40", "体育器材室", "跳箱破损", "设施设备", f"{year}-04-10", "刘强"],
        ["城关中心小学", f"{year}-03-12", "科学实验室", "通风橱不转", "教学仪器柜", f"{year}-04-10", "刘强"],
    ]
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row, ""])
    sheet.append(["填表人：刘强", "", "", "", "审核人：", "", "", "", ""])
    book.save(path)


main(sys.argv[1], int(sys.argv[2]))
