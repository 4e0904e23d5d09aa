extension Concept {
    /// How the concept is worded in English, German, French, Spanish, Italian, Portuguese, Dutch, Russian, Chinese,
    /// Japanese and Korean; divided by commas and line breaks. See `Lexicon` for the marks.
    var wordings: String {
        switch self {
        case .override:
            """
            ignore, ignoring, disregard*, forget, forgetting, override, overriding, overrule, bypass*, neglect
            overlook
            discard, dismiss, pay no attention to, do not follow, don't follow, do not obey, don't obey
            stop following
            stop obeying, no longer follow, throw away, throw out, set aside, put aside, erase, delete, wipe, skip
            abandon
            drop, cancel, disobey, unlearn, scrap, nevermind, never mind, let go of, leave behind, do not listen to
            don't listen to, no longer have to, no longer need to, need not follow, not required to follow, unfollow
            violate, break, circumvent, evade, reset, clear your, turn off, disable, switch off, suspend
            stop obeying, stop adhering, do not adhere, don't adhere, do not comply, don't comply, refuse to follow
            ignoriere*, ignorier, vergiss, vergessen sie, missachte*, umgehe, befolge nicht, verwirf, überschreibe
            ignorez, oublie, oubliez, oublier, ignorer, ne tiens pas compte, ne tenez pas compte, ne suis pas
            ne suivez pas
            fais abstraction, faites abstraction, contourne*
            ignora*, olvida*, olvide*, haz caso omiso, haga caso omiso, no sigas, omite, descarta*, pasa por alto
            dimentica*, trascura*, non seguire, tralascia*, scorda*
            esqueça*, esquece*, desconsidere*, desconsidera*, não siga, desobedeça*, descarte
            negeer, vergeet, zignoruj, pomiń, yok say
            игнорируй*, не слушай*, не выполняй*, проигнорируй*, забудь*, не обращай внимания, не следуй*, отбрось*
            отмени*, пренебреги*
            忽略, 无视, 無視, 忘记, 忘記, 忘掉, 不要理会, 不要理會, 不理会, 不要遵守, 不要遵循, 别管, 抛弃, 丢弃, 跳过, 绕过
            """
        case .overrideLast:
            """
            ignorieren, vergessen, missachten, ausser acht lassen, außer acht lassen, negeren
            無視, 忘れ, 破棄, 従わない, 従わず, 取り消, 무시, 잊어, 잊고, 따르지, 忽略, 作废, 作廢
            """
        case .previous:
            """
            previous*, prior, above, earlier, preceding, foregoing, initial, original, aforementioned, before, so far
            up to now, up until now, until now, past, former, existing, old, you were given, you have been given
            you've been given, given to you, you received, you got, preloaded, pre-existing, hidden
            vorherige*, bisherige*, vorige*, obige*, frühere*, vorangegangene*, vorangehende*, ursprüngliche*, zuvor
            bisher
            précédent*, précède, ce qui précède, antérieur*, ci-dessus, initiale*, d'avant, reçues
            que te dieron, que te han dado, que recibiste, anterior*, previas, previos, previa, de arriba, iniciales
            originales, recibid*
            precedent*, preceden*, iniziali, originali, di prima, sopra
            prévias, prévios, acima, iniciais, originais, vorige, eerdere, bovenstaande, poprzednie, önceki
            предыдущ*, прежн*, прошл*, вышеуказанн*, предшествующ*, ранее, изначальн*, выше
            之前, 以前, 以上, 上面, 先前, 前面, 此前, 上述, 原来的, 原本的, 初始
            さっき, さきほど, これまで, 上記, 前の, 先の, 先ほど, 今まで, 最初の, 이전, 위의, 앞의, 지금까지, 기존
            """
        case .all:
            """
            all, any, every, all of, each, alle, sämtliche, jegliche, tous, toutes, todas, todos, cualquier, tutte
            tutti
            все, всё, любые, 所有, 一切, 全部, 任何, すべて, 全て, 全部, 모든
            """
        case .your:
            """
            your, you're, deine*, ihre, ihren, tes, ton, vos, votre, tus, tu, sus, tue, tuoi, tuo, suas, seus, sua
            seu, jouw
            свои, своих, твои, твой, твоих, ваши, 你的, 您的, あなたの, 君の, 너의, 당신의
            """
        case .authority:
            """
            system, the system's, developer's, developers', the developer, safety, ethical, ethics, openai's
            anthropic's
            creator's, creators', company's, moderation, system-, системн*, 系统, 系統, システム, 시스템
            """
        case .usersRequest:
            """
            the user's question, the user's request, the user's query, the user's message, the user's instruction*
            the user asked
            the user asks, what the user, the user's task, the original question, the original task
            the user's original
            """
        case .instructions:
            """
            instruction*, prompt, prompts, system prompt, system message, directive*, guideline*, programming
            directions
            restrictions, developer message, safety guidelines, orders, training, pre-prompt, preprompt
            system instructions
            anweisung*, instruktion*, vorgaben, anleitung*, befehle, richtlinien, aufforderung*, systemprompt
            consigne*, directives, instruccion*, instrucciones, indicaciones, órdenes, directrices
            istruzion*, indicazioni, direttive, instruções, instrução, orientações, diretrizes, comandos
            instructies, opdrachten, richtlijnen, instrukcje, polecenia, talimat*
            инструкци*, указани*, предписани*, промпт*, установк*, директив*
            指令, 指示, 提示词, 提示詞, 提示, 命令, 说明, 說明, 要求, 设定, 設定, 指引
            指図, プロンプト, インストラクション, 지시, 명령, 지침, 프롬프트
            """
        case .rules:
            """
            rules, rule, message, messages, text, context, commands, command, requests, constraints, limitations
            filter*
            policies, policy, content, conversation, statements, tasks, input, safeguards, protocols, safety
            alignment
            ethics, moderation, guardrails, limits, regeln, regel, texte, nachrichten, beschränkungen
            règles, règle, messages, contraintes, reglas, mensajes, restricciones, regole, messaggi, vincoli, regras
            mensagens
            restrições, regels, правил*, сообщени*, ограничени*, команд*, 规则, 規則, 内容, 限制, 约束, ルール, 規則, 制約, 규칙, 제한
            """
        case .everything:
            """
            everything, anything, all that, all of that, all of the above, all the above, what, whatever, alles
            tout, todo
            tutto, tudo, всё, все, 一切, すべて, 全て
            """
        case .told:
            """
            you were told, you have been told, you've been told, you were taught, you have learned, you've learned
            you know
            you knew, you were instructed, you have been instructed, i told you, they told you, the developer* said
            you were trained, you learned, you were programmed, before this, above this, prior to this, before that
            the system said, the system told, the system says, was said before, has been said, came before, te dieron
            man dir gesagt, your developer*, your creator*, dir gesagt wurde, on t'a dit, te han dicho, te dijeron
            ti è stato detto
            lhe foi dito, что тебе сказали, что тебе говорили
            """
        case .void:
            """
            are void, are now void, is void, are null, are cancelled, are canceled, no longer apply, do not apply
            don't apply
            are overridden, are superseded, should be ignored, must be ignored, are invalid, are obsolete
            have been revoked
            are hereby, is hereby, as cancelled, as canceled, as void, as revoked, are revoked, no longer count
            are withdrawn
            are deleted, are erased, are outdated, are wrong, are fake, were a test, was a test, are suspended
            have been lifted, are lifted, have been replaced, are disabled, have been disabled
            gelten nicht mehr, ne s'appliquent plus, ya no se aplican, ya no son válidas, больше не действуют, 作废
            失效, 无效
            """
        case .newInstructions:
            """
            new instructions:, new instruction:, your new instructions, your real instructions
            your actual instructions
            updated instructions:, revised instructions, new system prompt, your new task is, your real task
            your actual task
            your true purpose, new directive, new orders:, your new role is, real task:, admin override
            system override
            developer override, override code, emergency override, instruction override, priority override
            override mode
            neue anweisung*:, nouvelles instructions, nuevas instrucciones, nuove istruzioni, novas instruções
            новые инструкции, новая инструкция, 新指令, 新的指令, 新的任务是, 新しい指示
            """
        case .fromNowOn:
            """
            from now on, from this point on, from this point forward, henceforth, starting now
            for the rest of this conversation
            ab jetzt, von nun an, ab sofort, à partir de maintenant, désormais, a partir de ahora
            de ahora en adelante
            d'ora in poi, da ora in poi, a partir de agora, с этого момента, отныне, теперь ты, 从现在开始, 從現在開始, 从现在起
            今から, これからは, 지금부터
            """
        case .reveal:
            """
            reveal, show, print, repeat, output, display, tell me, give me, leak, dump, expose, share, recite
            disclose, write out
            copy, paste, return, echo, quote, spell out, divulge, what is, what's, what are, what were, what was
            list, translate
            summarize, encode, provide me, let me see, i want to see, write down, type out, restate, reproduce
            describe, read out
            zeige*, zeig, gib, nenne, wiederhole, verrate, drucke, wie lauten, wie lautet, was sind, offenbare
            montre*, affiche*, révèle*, répète*, donne*, dis-moi, dites-moi, quelles sont, quel est, quelles étaient
            muestra*, revela*, repite*, imprime*, dime, dame, cuáles son, cuál es, cuáles eran, enseña*
            mostra*, rivela*, ripeti*, stampa*, dimmi, quali sono, qual è, quais são, exiba, repita, mostre, diga
            покажи*, выведи*, повтори*, раскрой*, напечатай*, скажи*, какие у тебя, каковы, каков
            显示, 顯示, 输出, 輸出, 告诉我, 告訴我, 重复, 重複, 打印, 泄露, 透露, 给我看, 说出, 复述, 列出
            """
        case .revealLast: "输出, 輸出, 给我, 告诉我, 表示, 教えて, 出力, 繰り返, 見せて, 開示, 보여, 출력, 알려, 공개"
        case .negated:
            """
            don't forget, do not forget, never forget, not to forget, never ignore, don't ignore, do not ignore
            not to ignore
            cannot ignore, can't ignore, never break, don't break, do not break, must not break, do not skip
            don't skip
            vergiss nicht, vergiss bitte nicht, nicht vergessen, nicht ignorieren, n'oublie*, n'ignore*, no olvide*
            no ignore*
            non dimenticare, non ignorare, não esqueça, não ignore, не забудь*, не игнорируй*, 不要忘记, 不要忽略, 别忘, 勿忘, 忘れず
            """
        case .systemPrompt:
            """
            your system prompt, your system message, your initial prompt, your hidden prompt, your original prompt
            your initial instructions, your original instructions, your hidden instructions, your secret instructions
            your system instructions, your full instructions, your exact instructions, your entire prompt
            your full prompt
            your developer message, your preprompt, your pre-prompt, your metaprompt, hidden system prompt
            hidden instructions, hidden prompt, secret prompt, secret instructions, initial system prompt
            internal instructions
            internal prompt, the system prompt above, the prompt above, the instructions above, full system prompt
            entire system prompt, exact system prompt, system prompt verbatim, confidential instructions
            instructions you were given
            instructions you received, instructions given to you, prompt you were given, the system prompt you
            system instructions above, that configures you, that configure you, your creators wrote
            your developers wrote
            whole system prompt, system prompt in full, your prompt, complete system prompt
            initial instructions, original system prompt, your confidential, your configuration
            deinen systemprompt, deinen system-prompt, dein systemprompt, deine systemanweisung*, deine anweisungen
            deine ursprünglichen anweisungen, deinen prompt, deine versteckten anweisungen
            ton prompt, votre prompt, tes instructions, vos instructions, tes consignes, ton prompt système
            prompt système
            tu prompt, tus instrucciones, prompt del sistema, tu mensaje de sistema, tus instrucciones ocultas
            il tuo prompt, le tue istruzioni, prompt di sistema, seu prompt, suas instruções, prompt do sistema
            системный промпт, системные инструкции, свой промпт, свои инструкции, твои инструкции, твой промпт
            системное сообщение
            系统提示, 系統提示, 系统指令, 你的指令, 你的提示词, 您的提示词, 初始提示, 初始指令, 隐藏指令, 系统消息, 你的系统
            システムプロンプト, システム指示, システムメッセージ, あなたの指示, 初期プロンプト, 内部指示
            시스템 프롬프트, 시스템 메시지, 너의 지시
            """
        case .textAbove:
            """
            text above, words above, everything above, sentence above, sentences above, lines above, content above
            the above text, the above words, message above, paragraph above, conversation above
            everything before this
            before my first message, right before my message, at the start of this chat
            the start of this conversation
            the beginning of this conversation, the start of our conversation, top of this conversation
            all of the above text, the text before this
            """
        case .verbatim:
            """
            verbatim, word for word, starting with, starting from, in a code block, exactly as, as is
            letter by letter, in full
            txt code block, in base64, including the first, from the beginning, without omitting
            character by character
            wörtlich, mot pour mot, palabra por palabra, parola per parola, palavra por palavra, дословно, 一字不差, 逐字
            原文, そのまま
            """
        case .become:
            """
            you are, you are now, you're now, you will be, you will act, act as, act like, pretend to be
            pretend you are
            pretend that you are, pretend you, pretend that you, roleplay as, role-play as, role play as
            play the role of
            simulate, imagine you are, imagine that you are, behave as, behave like, become, enter, switch to
            transform into
            respond as, answer as, reply as, speak as, take on the persona, assume the role, you shall be
            operate in, go into
            du bist, verhalte dich wie, tu so als, handle als, spiele die rolle, stell dir vor
            tu es, agis comme, comporte-toi comme, fais semblant, imagine que tu es, joue le rôle
            eres, actúa como, actua como, finge, compórtate como, imagina que eres, sei, agisci come, fingi
            comportati come
            você é, aja como, finja, comporte-se como, ты, веди себя как, представь, притворись*, действуй как
            сыграй роль
            你是, 你现在是, 扮演, 假装, 假裝, 作为, 充当, 模拟, あなたは, 演じて, ふりをして, 너는, 당신은
            """
        case .may: "you can, you must, you should, you will, you have, you may, you do"
        case .persona:
            """
            dan, dan mode, an evil, unfiltered, uncensored, unrestricted, jailbroken, unaligned, amoral, immoral
            without ethics, devmode, god mode, sudo mode, evilbot, an ai without, no morals
            unethical, without morals, opposite mode, anti-gpt, antigpt, betterdan, chaosgpt, freedomgpt, lawless
            unbeschränkt*, unzensiert*, ohne filter, sans filtre, sans restriction*, sans censure, sin restricciones
            sin filtro*
            sin censura, senza restrizioni, senza filtri, senza limiti, sem restrições, sem filtro*, sem censura
            без ограничений, без цензуры, без фильтров, 不受限制, 没有限制, 没有任何限制, 无限制, 無限制, 不受任何限制, 越狱
            制限のない, 制限なし, 制約のない, 무제한, 제한 없는
            """
        case .unrestricted:
            """
            no restrictions, no rules, no limits, no limitations, no filter, no filters, no guidelines, no ethical
            no moral
            no censorship, no content policy, without restrictions, without any restrictions, without limits
            without filters
            without any rules, without rules, without any limitations, without limitations, without any filter*
            without any ethical, without ethical, without censorship, without any moral, without any guidelines
            not bound by
            with no conscience, without conscience, who has no rules, that has no rules, free from all, free of all
            freed from, free from any, free of any, no longer bound, do not have to follow
            don't have to follow, do not need to follow, do not have to abide, never refuse, cannot refuse
            can't refuse
            not refuse, never say no, ignore ethics, not limited by, broken free, beyond your programming
            bypass your, exempt from
            keine regeln, keine einschränkungen, keine beschränkungen, aucune restriction, aucune règle
            ninguna restricción
            no tienes restricciones, nessuna restrizione, nenhuma restrição, нет ограничений, нет правил
            """
        case .jailbreak:
            """
            do anything now, dan mode enabled, dan mode activated, enter dan mode, developer mode enabled
            developer mode output, chatgpt developer mode, jailbroken
            jailbreak mode, jailbreak enabled, jailbreak prompt:, you are dan, act as dan, you are now dan, be dan
            stay a dan
            strive to avoid norms, always intelligent and machiavellian, evil confidant, sudo mode enabled
            god mode enabled
            unrestricted mode, unfiltered mode, uncensored mode, no-filter mode, opposite day mode
            enter developer mode and
            gpt in developer mode, ai in developer mode, you are in developer mode, you are now in developer mode
            enter maintenance mode, safety filters off, filters off, filters disabled, safety disabled
            with developer mode, disable your safety, disable safety filters, turn off your filters, turn off safety
            disable your filters, disable content filter*, without moralizing, as my deceased grandmother
            my late grandmother who
            jail broken, two responses, one normal and one, [🔓jailbreak], (🔓, 🔓, safety protocols off
            maintenance mode enabled
            debug mode enabled, debug mode on, admin mode enabled, root access granted, entwicklermodus aktiviert
            mode développeur activé, modo desarrollador activado, modo dios, 开发者模式, 開發者模式, 越狱模式, 開発者モード
            режим разработчика, режим бога
            """
        case .templateToken:
            """
            <|im_start|>, <|im_end|>, <|im_sep|>, <|system|>, <|user|>, <|assistant|>, <|endoftext|>
            <|start_header_id|>
            <|end_header_id|>, <|eot_id|>, <|begin_of_text|>, <|end_of_text|>, <|endofprompt|>, <|channel|>
            <|message|>, <|start|>
            [inst], [/inst], <<sys>>, <</sys>>, <start_of_turn>, <end_of_turn>, <|end|>, <|start_of_role|>
            <|end_of_role|>
            [available_tools], [tool_results], <|tool_call|>, <|python_tag|>, <｜User｜>, <｜Assistant｜>, <|eom_id|>
            """
        case .forgedTurn:
            """
            <|im_start|>system, <|im_start|>assistant, <|im_start|> system, <|im_end|> <|im_start|>, [/inst] [inst]
            [inst] <<sys>>
            <|start_header_id|>system, <|start_header_id|>assistant, <|system|> you, <|eot_id|><|start_header_id|>
            <start_of_turn>model, <|start|>system, <|start|>developer, <</sys>> [/inst], [/inst] sure
            <|im_end|><|im_start|>
            end of system prompt, end of prompt, begin system prompt, begin new system prompt, [system override]
            [system message]
            [system note, [system prompt], [system]:, [system](, [end of user input], [end of input]
            end of user input
            <system_prompt>, </system_prompt>, <system>you, <system> you, </user_input>, </user>
            </context> <system>, <system>ignore
            <admin>, [admin], [developer], ###system###, === system, *** system, [[system]], </document> <system>
            #system#
            <instructions>you, <important_instructions>, <system-reminder>, <new_instructions>, begin admin
            [begin override
            """
        case .systemLine:
            """
            ^system:, ^system prompt:, ^system message:, ^[system], ^<system>, ^# system, ^## system, ^### system
            ^developer:, ^### instruction*, ^## instruction*, ^# instruction*, ^### new instruction*, ^assistant to=
            ^system note:
            """
        case .headline:
            """
            ^### system:, ^### instruction:, ^### instructions:, ^### new instruction*, ^[system]
            ^### system prompt, ^system override
            ^important: system, ^attention ai, ^attention assistant, ^note to ai, ^note to the ai, ^ai instructions:
            ^message to the ai
            ^instructions for the ai, ^instruction to the ai, ^note to assistant, ^dear ai, ^hidden instruction*
            ^if you are an ai
            if you are a language model, if you are an ai, if you are an llm, ai assistants reading this
            attention llm, attention ai
            """
        case .compact:
            """
            ~ignoreallprevious, ~ignoreprevious, ~ignorepreviousinstructions, ~ignoretheabove, ~ignoreallinstructions
            ~ignoreyourinstructions, ~disregardprevious, ~disregardallprevious, ~disregardyour, ~forgetallprevious
            ~forgetyourinstructions, ~forgetprevious, ~previousinstructions, ~revealyoursystemprompt
            ~yoursystemprompt
            ~showyoursystemprompt, ~printyoursystemprompt, ~bypassyour, ~doanythingnow, ~ignoreallprior, ~ignoreprior
            """
        case .discussion:
            """
            prompt injection*, prompt-injection*, jailbreak*, injection attack*, attacker*, an attack, attacks
            adversarial, phrase
            phrases, phrases like, such as, for example, an example, examples of, e.g., detect*, prevent*
            classifier, regex, security
            malicious, guard against, defend*, protect against, filter out, what does, means, mean, tokenizer
            chat template
            chat format, special token*, documentation, blog post, paper, research*, the user wrote, the string
            the term, literal*
            translate, how do i, how to, why does, explain, difference between, template, tokens
            """
        case .rotatedOverride, .rotatedPrevious, .rotatedInstructions, .reversedOverride, .reversedPrevious,
            .reversedInstructions, .extraPhrase, .allowedPhrase:
            ""
        }
    }
}
