extension CharacterFolding {
    /// Letters that Unicode itself decomposes to Latin ones (NFKD, without combining marks): first what each is read
    /// as, then the characters.
    static let decomposed = """
        0 ⁰₀
        1 ¹₁
        2 ²₂
        3 ³₃
        4 ⁴₄
        5 ⁵₅
        6 ⁶₆
        7 ⁷₇
        8 ⁸₈
        9 ⁹₉
        A ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦᴬḀẠẢẤẦẨẪẬẮẰẲẴẶ
        B ᴮḂḄḆℬ
        C ÇĆĈĊČḈℂℭⅭꟲ
        D ĎᴰḊḌḎḐḒⅅⅮ
        E ÈÉÊËĒĔĖĘĚȄȆȨᴱḔḖḘḚḜẸẺẼẾỀỂỄỆℰ
        F Ḟℱꟳ
        G ĜĞĠĢǦǴᴳḠ
        H ĤȞᴴḢḤḦḨḪℋℌℍ
        I ÌÍÎÏĨĪĬĮİǏȈȊᴵḬḮỈỊℐℑⅠ
        J Ĵᴶ
        K ĶǨᴷḰḲḴ
        L ĹĻĽᴸḶḸḺḼℒⅬ
        M ᴹḾṀṂℳⅯ
        N ÑŃŅŇǸᴺṄṆṈṊℕ
        O ÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰᴼṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ
        P ᴾṔṖℙ
        Q ℚꟴ
        R ŔŖŘȐȒᴿṘṚṜṞℛℜℝ
        S ŚŜŞŠȘṠṢṤṦṨ
        T ŢŤȚᵀṪṬṮṰ
        U ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖᵁṲṴṶṸṺỤỦỨỪỬỮỰ
        V ṼṾⅤⱽ
        W ŴᵂẀẂẄẆẈ
        X ẊẌⅩ
        Y ÝŶŸȲẎỲỴỶỸ
        Z ŹŻŽẐẒẔℤℨ
        a ªàáâãäåāăąǎǟǡǻȁȃȧᵃḁạảấầẩẫậắằẳẵặₐ
        b ᵇḃḅḇ
        c çćĉċčᶜḉⅽ
        d ďᵈḋḍḏḑḓⅆⅾ
        e èéêëēĕėęěȅȇȩᵉḕḗḙḛḝẹẻẽếềểễệₑℯⅇ
        f ᶠḟ
        g ĝğġģǧǵᵍḡℊ
        h ĥȟʰḣḥḧḩḫẖₕℎ
        i ìíîïĩīĭįǐȉȋᵢḭḯỉịⁱℹⅈⅰ
        j ĵǰʲⅉⱼ
        k ķǩᵏḱḳḵₖ
        l ĺļľˡḷḹḻḽₗℓⅼ
        m ᵐḿṁṃₘⅿ
        n ñńņňǹṅṇṉṋⁿₙ
        o ºòóôõöōŏőơǒǫǭȍȏȫȭȯȱᵒṍṏṑṓọỏốồổỗộớờởỡợₒℴ
        p ᵖṕṗₚ
        r ŕŗřȑȓʳᵣṙṛṝṟ
        s śŝşšſșˢṡṣṥṧṩẛₛ
        t ţťțᵗṫṭṯṱẗₜ
        u ùúûüũūŭůűųưǔǖǘǚǜȕȗᵘᵤṳṵṷṹṻụủứừửữự
        v ᵛᵥṽṿⅴ
        w ŵʷẁẃẅẇẉẘ
        x ˣẋẍₓⅹ
        y ýÿŷȳʸẏẙỳỵỷỹ
        z źżžᶻẑẓẕ
        DZ ǄǱ
        Dz ǅǲ
        II Ⅱ
        IJ Ĳ
        IV Ⅳ
        IX Ⅸ
        LJ Ǉ
        Lj ǈ
        NJ Ǌ
        Nj ǋ
        No №
        Rs ₨
        SM ℠
        TM ™
        VI Ⅵ
        XI Ⅺ
        dz ǆǳ
        ff ﬀ
        fi ﬁ
        fl ﬂ
        ii ⅱ
        ij ĳ
        iv ⅳ
        ix ⅸ
        lj ǉ
        nj ǌ
        st ﬅﬆ
        vi ⅵ
        xi ⅺ
        FAX ℻
        III Ⅲ
        TEL ℡
        VII Ⅶ
        XII Ⅻ
        ffi ﬃ
        ffl ﬄ
        iii ⅲ
        vii ⅶ
        xii ⅻ
        """

    /// Characters of other kinds that are drawn alike (a choice from the confusables of UTS 39, and from what attackers
    /// use), in the same form. That a Russian or Greek word becomes a strange mixture does not matter: what is searched
    /// for becomes the same mixture.
    static let lookalikes = """
        A Α А Ꭺ ᗅ ꓮ Ⱥ
        B Β В Ᏼ ᗷ ꓐ Ɓ Ƀ
        C С Ϲ Ꮯ ꓚ Ƈ Ȼ ⲥ
        D Ꭰ ᗞ ꓓ Đ Ð Ɖ Ɗ
        E Ε Е Ё Ꭼ ꓰ Ɇ ⴹ
        F Ϝ ꓝ Ƒ
        G Ԍ Ꮐ ꓖ Ɠ
        H Η Н Ꮋ ꓧ Ħ
        I Ι І Ӏ Ꮖ ꓲ Ɨ Ї
        J Ј Ꭻ ꓙ Ɉ
        K Κ К Ꮶ ꓗ Ƙ
        L Ꮮ ꓡ Ł
        M Μ М Ꮇ ꓟ Ϻ
        N Ν ꓠ Ɲ
        O Ο О Օ ꓳ Ø Ө
        P Ρ Р Ꮲ ꓑ Ƥ
        Q Ԛ
        R Ꭱ Ꮢ ꓣ Ɍ
        S Ѕ Ꮪ Տ ꓢ
        T Τ Т Ꭲ ꓔ Ŧ Ƭ
        U Ս ꓴ
        V Ѵ Ꮩ ꓦ
        W Ԝ Ꮃ ꓪ
        X Χ Х Ꭓ ꓫ
        Y Υ Ү У Ꮍ ꓬ Ɏ Ƴ
        Z Ζ Ꮓ ꓜ Ƶ
        a α а ɑ ᴀ ⍺ ⱥ
        b Ь ь в β ʙ ɓ ƀ Ƅ
        c с ϲ ᴄ ƈ ȼ
        d ԁ ɗ ɖ đ ð ᴅ
        e е ё є ε ҽ ᴇ ɇ ə
        f ƒ ꜰ ϝ
        g ɡ ց ɢ ɠ
        h һ н հ ʜ ɦ ħ
        i і ї ı ι ɩ ɪ ɨ ӏ
        j ј ϳ ᴊ ɉ
        k κ к ᴋ ƙ
        l ǀ ł ʟ ɭ ƚ ⅼ
        m м ᴍ ɱ
        n ո ռ ɴ ɲ ŋ η
        o ο о օ σ ᴏ ø ө
        p ρ р ᴘ ƥ
        q ԛ զ
        r ʀ ɍ г ᴦ
        s ѕ ꜱ ʂ ƽ
        t τ т ᴛ ŧ ƭ
        u υ ս ᴜ ʋ
        v ν ѵ ᴠ
        w ԝ ա ω ᴡ ѡ ɯ
        x х χ ×
        y у ү γ ʏ ɏ ƴ
        z ᴢ ʐ ƶ ʒ
        ss ß ẞ
        ae æ
        AE Æ
        oe œ
        OE Œ
        ' ‘ ’ ‚ ‛ ′ ʼ ʹ ˈ ´ ‹ ›
        " “ ” „ ‟ « » ″ 「 」 『 』
        - ‐ ‑ ‒ – — ― − ⁃
        . ․ 。 ·
        , ، ، 、
        / ⁄ ∕
        | ∣ ｜ │
        ! ǃ
        ? ؟
        : ː ∶ ꞉
        ; ;
        * ∗ ⁎ ⋆
        _ ‗
        < ＜ ≺
        > ＞ ≻
        ~ ∼ 〜
        и й
        """
}
